using Shouldly;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>What the page makes of Markdown: what Mattermost's web client makes of it, and never anything harmful.</summary>
public sealed class PlaygroundMarkdownTests(PlaygroundBrowser browser)
    : IClassFixture<PlaygroundBrowser>
{
    private const string Render = """
        async text => {
          const { renderMarkdown } = await import("/js/markdown.js");
          const box = document.createElement("div");
          const user = name => (name === "lead" ? { username: name } : undefined);
          box.append(renderMarkdown(text, { user, channel: () => undefined }));
          for (const link of box.querySelectorAll("a")) { link.removeAttribute("target"); link.removeAttribute("rel"); }
          return box.innerHTML;
        }
        """;

    private static readonly (string Markdown, string Html)[] Examples =
    [
        (
            "**b** *i* _i_ ~~s~~ `c *x*`",
            "<p><strong>b</strong> <em>i</em> <em>i</em> <del>s</del> <code>c *x*</code></p>"
        ),
        ("a_b_c and 2 * 3 * 4", "<p>a_b_c and 2 * 3 * 4</p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("# T\n### U", "<h1>T</h1><h3>U</h3>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
        ("> q\n> r", "<blockquote><p>q<br>r</p></blockquote>"),
        (
            "```js\n<b>\n```",
            "<pre tabindex=\"0\" data-language=\"js\"><code>&lt;b&gt;</code></pre>"
        ),
        (
            "| a | b |\n|---|--:|\n| 1 \\| 2 | 3 |",
            "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th class=\"to-left\">a</th><th class=\"to-right\">b</th></tr></thead><tbody><tr><td class=\"to-left\">1 | 2</td><td class=\"to-right\">3</td></tr></tbody></table></div>"
        ),
        ("[x](https://example.org/a_(b))", "<p><a href=\"https://example.org/a_(b)\">x</a></p>"),
        (
            "see https://example.org/a_b_c.",
            "<p>see <a href=\"https://example.org/a_b_c\">https://example.org/a_b_c</a>.</p>"
        ),
        ("<https://example.org>", "<p><a href=\"https://example.org\">https://example.org</a></p>"),
        (@"\*x\* \# \| \\ \a \<", @"<p>*x* # | \ \a \&lt;</p>"),
        (
            "@lead, @nobody, x@lead.org",
            "<p><button class=\"mention\" type=\"button\">@lead</button>, @nobody, x@lead.org</p>"
        ),
        ("@​lead #​no", "<p>@​lead #​no</p>"),
        ("#outage :nosuch:", "<p><span class=\"hashtag\">#outage</span> :nosuch:</p>"),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        (
            "![a](https://example.org/a.png)",
            "<p><a href=\"https://example.org/a.png\">🖼 a</a></p>"
        ),
        (
            "[<script>](https://example.org/\"onx=1)",
            "<p><a href=\"https://example.org/%22onx=1\">&lt;script&gt;</a></p>"
        ),
    ];

    [Fact]
    public async Task Text_is_formatted_as_in_Mattermost_and_is_never_HTML()
    {
        await using var visit = await browser.VisitAsync();
        foreach (var (markdown, html) in Examples)
        {
            var made = await visit.Page.EvaluateAsync<string>(Render, markdown);
            made.ShouldBe(html, customMessage: markdown);
        }
    }

    [Theory]
    [InlineData("*", 20_000)]
    [InlineData("_a", 8_000)]
    [InlineData("[", 16_000)]
    [InlineData("> ", 8_000)]
    [InlineData("`a", 8_000)]
    [InlineData("(www.", 3_000)]
    [InlineData("**a ", 4_000)]
    [InlineData("- a\n ", 3_000)]
    public async Task The_longest_post_of_the_nastiest_text_is_shown_soon(string part, int times)
    {
        await using var visit = await browser.VisitAsync();
        var text = string.Concat(Enumerable.Repeat(part, times));
        var made = visit.Page.EvaluateAsync<string>(Render, text[..Math.Min(text.Length, 16_383)]);
        (
            await made.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)
        ).ShouldNotBeEmpty();
    }
}
