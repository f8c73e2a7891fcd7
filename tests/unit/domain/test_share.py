"""Work cut into shares."""

from bot.domain.share import WHOLE, shares


def test_each_piece_of_work_is_in_exactly_one_share():
    """Nothing is left out, and nothing done twice."""
    for number in range(100):
        assert sum(share.holds(number) for share in shares(7)) == 1
        assert WHOLE.holds(number)


def test_all_addresses_of_a_host_are_in_one_share():
    """Whatever the path or port: its gap between two requests is kept by one process."""
    hosts = [f"outlet{number}.example" for number in range(200)]
    held = {}
    for host in hosts:
        urls = (f"https://{host}/rss", f"http://{host}:8080/kk/feed.xml", f"https://{host.upper()}/")
        (held[host],) = {share.index for url in urls for share in shares(8) if share.holds_host(url)}
    assert set(held.values()) == set(range(8))


def test_a_host_stays_in_its_share():
    """Also in another process, and another year."""
    held = [share.index for share in shares(4) if share.holds_host("https://outlet.example/rss")]
    assert held == [3]
