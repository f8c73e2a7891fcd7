"""The JSON Lines filters: one answer a line, in order, whatever the line."""

import json
import re

import pytest

TEXT = (
    "Паводок смыл мост через реку Баянка в посёлке Жаркент 12 ноября. Спасатели вывезли 48 жителей. "
    "Восстановить мост через Баянку обещают за 3 недели."
)
SENTENCES = [
    "Бүгін редакцияға хат келді.",
    "Ұлттық банк базалық мөлшерлемені 15,25 пайызға дейін төмендетті.",
    "Инфляция 9,8 пайызға баяулады.",
]
FILTERS = pytest.mark.parametrize("command", ["summarize", "group", "classify"])


def lines(*rows):
    """JSON Lines of these values."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def answers(ran):
    """What a filter said, line by line."""
    assert (ran.status, ran.err) == (0, "")
    return [json.loads(line) for line in ran.out.splitlines()]


@FILTERS
def test_a_bad_line_is_answered_in_its_place_and_the_run_goes_on(habarshy, command):
    """With its id where it has one; blank lines are nothing."""
    good = lines({"id": "1", "title": "Мост", "text": TEXT})
    bad = [
        "{",
        "[]",
        "7",
        '"text"',
        "null",
        '{"title": "no id"}',
        '{"id": 5}',
        '{"id": null}',
        "\x00",
        "[" * 99_999,
    ]
    wrong = lines(
        {"id": "a"},
        {"id": "b", "title": "", "text": "  "},
        {"id": "c", "text": 5},
        {"id": "d", "title": ["x"]},
        {"id": "e", "sentences": "one string"},
        {"id": "f", "sentences": [1, 2]},
    )
    ran = habarshy(command, stdin=good + "\n \n" + "\n".join(bad) + "\n" + wrong + good.replace('"1"', '"2"'))
    first, *refused, last = answers(ran)
    assert (first["id"], last["id"]) == ("1", "2")
    assert [one["id"] for one in refused] == [None] * len(bad) + list("abcdef")
    assert all(set(one) == {"id", "error"} and one["error"] for one in refused)
    assert "error" not in first
    assert "error" not in last


@FILTERS
def test_null_counts_as_absent_and_what_is_unknown_is_ignored(habarshy, command):
    """Unreadable dates too, also ones that no calendar has."""
    bare = {"id": "1", "title": "Мост", "text": TEXT}
    dressed = bare | {"url": None, "source": None, "lang": None, "sentences": None, "stars": 5, "story": None}
    dates = [None, "yesterday", "", 5, "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
    said = answers(habarshy(command, stdin=lines(bare, *(dressed | {"published": date} for date in dates))))
    assert len(said) == 1 + len(dates)
    assert all("error" not in one for one in said)
    if command != "group":
        assert said == [said[0]] * len(said)


@FILTERS
def test_letters_arrive_as_they_are_and_hostile_ones_do_not_break_the_line(habarshy, command):
    """Kazakh ids come back unescaped; a lone surrogate or bytes that are no UTF-8 never end the run."""
    hostile = b'{"id": "\\ud83d", "title": "\\udfff", "text": "\\ud800 \\u0000 \\u2028 <b>&amp;"}\n'
    broken = b'{"id": "x", "text": "\xff\xfe \xd0"}\n'
    kazakh = lines({"id": "мақала-1", "title": "Көпір", "text": SENTENCES[1]}).encode()
    ran = habarshy(command, stdin=hostile + broken + kazakh)
    said = answers(ran)
    assert len(said) == 3
    assert ran.out.encode()
    assert said[2]["id"] == "мақала-1"
    assert "мақала-1" in ran.out


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(habarshy):
    """As some exports have them."""
    given = "\ufeff" + lines({"id": "1", "text": TEXT}, {"id": "2", "text": TEXT}).replace("\n", "\r\n")
    assert [one["id"] for one in answers(habarshy("classify", stdin=given))] == ["1", "2"]


def test_no_input_is_no_output(habarshy):
    """An empty pipe is a finished job."""
    assert answers(habarshy("group")) == []


def test_summaries_count_in_the_sentences_given(habarshy):
    """`picked` are indexes into them, and the summary is made of them."""
    (said,) = answers(
        habarshy("summarize", stdin=lines({"id": "1", "title": "Мөлшерлеме", "sentences": SENTENCES}))
    )
    assert set(said) == {"id", "lang", "summary", "headline", "backend", "picked", "rejected"}
    assert (said["lang"], said["backend"]) == ("kk", "extractive")
    assert said["picked"]
    assert set(said["picked"]) <= set(range(len(SENTENCES)))
    numbers = re.findall(r"\d+(?:,\d+)?", said["summary"])
    assert numbers
    assert all(any(number in SENTENCES[index] for index in said["picked"]) for number in numbers)


@pytest.mark.parametrize(("option", "most"), [("60", 60), ("20", 20), ("300", 300)])
def test_summaries_keep_to_the_length_asked_for(habarshy, option, most):
    """In code points, over texts of any length."""
    rows = [{"id": str(n), "title": "Мост", "text": TEXT * n} for n in (1, 2, 40)]
    for said in answers(habarshy("summarize", "--max-chars", option, stdin=lines(*rows))):
        assert len(said["summary"]) <= most


def test_one_sentence_can_be_asked_for(habarshy):
    """`--sentences 1` picks one."""
    (said,) = answers(
        habarshy("summarize", "--sentences", "1", stdin=lines({"id": "1", "sentences": SENTENCES}))
    )
    assert len(said["picked"]) == 1


def test_a_model_that_does_not_answer_gives_sentences_and_says_why(habarshy, monkeypatch):
    """The reader of the pipe sees which backend wrote and what was turned down."""
    monkeypatch.setenv("HABARSHY_ENDPOINT_URL", "http://127.0.0.1:9/v1")
    ran = habarshy(
        "summarize", "--backend", "endpoint", "--model", "any", stdin=lines({"id": "1", "text": TEXT})
    )
    said = json.loads(ran.out.splitlines()[0])
    assert ran.status == 0
    assert said["backend"] == "extractive"
    assert said["summary"]
    assert said["rejected"]


def test_groups_are_named_after_their_first_article(habarshy):
    """A repeat joins, another event does not; an id may come twice."""
    rows = [
        {"id": "bridge", "title": "Мост смыло", "text": TEXT},
        {"id": "rate", "title": "Мөлшерлеме", "text": " ".join(SENTENCES[1:])},
        {"id": "bridge again", "title": "Мост смыло", "text": TEXT},
        {"id": "rate", "title": "Мөлшерлеме", "text": " ".join(SENTENCES[1:])},
    ]
    assert [tuple(said.values()) for said in answers(habarshy("group", stdin=lines(*rows)))] == [
        ("bridge", "bridge", True),
        ("rate", "rate", True),
        ("bridge again", "bridge", False),
        ("rate", "rate", False),
    ]


def test_topics_come_best_first_with_scores_that_add_up(habarshy):
    """One or two of the twelve, and a probability for each."""
    (said,) = answers(
        habarshy("classify", stdin=lines({"id": "1", "title": "Мөлшерлеме", "sentences": SENTENCES}))
    )
    assert said["topics"][0] == "economy"
    assert 1 <= len(said["topics"]) <= 2
    assert len(said["scores"]) == 12
    assert sum(said["scores"].values()) == pytest.approx(1, abs=0.01)


def test_group_answers_before_the_next_line_comes(process):
    """A feed can be followed as it grows: through real pipes, one line out for each line in."""
    with process("group") as running:
        for number in range(3):
            running.stdin.write(lines({"id": str(number), "title": "Мост", "text": TEXT}))
            running.stdin.flush()
            assert json.loads(running.stdout.readline()) == {
                "id": str(number),
                "story": "0",
                "new": number == 0,
            }
        running.stdin.close()
        assert running.wait(30) == 0
        assert running.stderr.read() == ""


def test_a_reader_who_goes_away_is_no_mistake(process):
    """`habarshy classify < big | head -1`: exit status 0 and not a word."""
    with process("classify") as running:
        running.stdin.write(lines({"id": "1", "text": TEXT}))
        running.stdin.flush()
        assert running.stdout.readline()
        running.stdout.close()
        running.stdin.write(lines(*({"id": str(number), "text": TEXT} for number in range(50))))
        running.stdin.close()
        assert running.wait(30) == 0
        assert running.stderr.read() == ""


def test_a_mistake_in_a_process_of_its_own(process):
    """One line on stderr, exit status 2, no traceback."""
    with process("db", "check", HABARSHY_WEB_PORT="http") as running:
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (2, "")
    assert err.startswith("habarshy: HABARSHY_WEB_PORT='http'")
    assert err.count("\n") == 1


def test_the_encoder_of_stories_can_be_named(habarshy):
    """On the line or by the setting; one that can't be had is one line with its remedy."""
    row = lines({"id": "1", "title": "Мост", "text": TEXT})
    assert answers(habarshy("group", "--encoder", "character-ngrams", stdin=row)) == [
        {"id": "1", "story": "1", "new": True}
    ]
    ran = habarshy("group", "--encoder", "/no/such/folder", stdin=row)
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "/no/such/folder" in ran.err
