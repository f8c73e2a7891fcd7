"""The shapes of the sample's feeds and pages; every `$word` arrives escaped."""

from string import Template

RSS = Template("""\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>$name</title><link>$home</link><description>$tagline</description><language>$lang</language>
$entries
</channel></rss>
""")

RSS_ITEM = Template("""\
<item>
<title>$title</title><link>$url</link><guid isPermaLink="true">$url</guid>
<pubDate>$mail_date</pubDate><category>$section</category>
<description>$teaser</description>
</item>
""")

ATOM = Template("""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="$lang">
<title>$name</title><subtitle>$tagline</subtitle>
<id>$home</id><link href="$home"/><updated>$iso</updated>
$entries
</feed>
""")

ATOM_ENTRY = Template("""\
<entry>
<title>$title</title><id>$url</id><link href="$url"/>
<published>$iso</published><updated>$iso</updated><category term="$section"/>
<content type="html">$content</content>
</entry>
""")

LISTING = Template("""\
<!DOCTYPE html>
<html lang="$lang"><head><meta charset="utf-8"><title>$name</title></head>
<body>
<nav><a href="$home">$name</a> $menu</nav>
<h1>$tagline</h1>
<ul class="list">
$entries
</ul>
<footer>© $name</footer>
</body></html>
""")

LISTING_ITEM = Template("""\
<li><span class="date">$stamp</span> <a class="news" href="$url">$title</a> <em>$section</em></li>
""")

#: As newer sites do it: the time stands in the head, the body is an article element.
PAGE = Template("""\
<!DOCTYPE html>
<html lang="$lang"><head><meta charset="utf-8"><title>$title | $name</title>
<meta property="og:title" content="$title">
<meta property="og:site_name" content="$name">
<meta property="article:published_time" content="$iso">
<meta property="article:section" content="$section">
<link rel="canonical" href="$url"></head>
<body>
<header><nav><a href="$home">$name</a> $menu</nav></header>
<main><article>
<h1>$title</h1>
<div class="meta"><time datetime="$iso">$stamp</time> <span class="views">$views: $seen</span></div>
<figure><figcaption>$credit</figcaption></figure>
$body
<div class="share"><a href="#">$share</a> <a href="#">Telegram</a> <a href="#">WhatsApp</a></div>
<p class="copyright">$copyright</p>
</article>
<section class="related"><h3>$related</h3><ul>
$others
</ul></section></main>
<aside><b>$popular</b><ul>
$others
</ul></aside>
<footer>$name · $tagline</footer>
</body></html>
""")

#: As older sites do it: the time stands in the text only, and the furniture inside the article's block.
OLD_PAGE = Template("""\
<!DOCTYPE html>
<html lang="$lang"><head><meta charset="utf-8"><title>$title - $name</title></head>
<body>
<nav><a href="$home">$name</a> $menu</nav>
<div class="article">
<div class="date">$stamp <span class="views">$seen</span></div>
<h1>$title</h1>
<div class="img-credit">$credit</div>
<div class="share"><a href="#">$share</a></div>
<div class="text">
$body
</div>
<p class="copy">$copyright</p>
<h3>$related</h3><ul>
$others
</ul>
</div>
<aside><b>$popular</b><ul>
$others
</ul></aside>
<footer>$name</footer>
</body></html>
""")
