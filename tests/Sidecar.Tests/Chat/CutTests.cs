using System.Globalization;
using System.Text;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Chat;

/// <summary>T7: texts at a cut.</summary>
public sealed class CutTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ab🇩🇪", 4, "ab…")]
    [InlineData("ab🇩🇪🇫🇷", 7, "ab🇩🇪…")]
    [InlineData("👨‍👩‍👧 and more", 5, "…")]
    [InlineData("e\u0301e\u0301e\u0301", 4, "e\u0301…")]
    [InlineData("👍🏽👍🏽👍🏽", 6, "👍🏽…")]
    public void T7_A_cut_falls_between_what_people_see_as_characters(
        string text,
        int atMost,
        string cut
    ) => MarkdownEscaper.Shorten(text, atMost).ShouldBe(cut);

    [Theory]
    [InlineData("**bold that goes on and on and on and on and on**", 40, "**")]
    [InlineData("a *slanted text that goes on and on and on and on*", 40, "*")]
    [InlineData("see `code that goes on and on and on and on and on`", 40, "`")]
    [InlineData("see **`code that goes on and on and on and on and`**", 40, "`**")]
    [InlineData("```\ncode that goes on and on and on and on and on\n```", 40, "\n```")]
    [InlineData("````\ncode that goes on and on and on and on and on\n````", 40, "\n````")]
    public void T7_What_a_cut_leaves_open_is_closed(string text, int runes, string closing)
    {
        var cut = CardLimits.Cut(text, runes);
        cut.ShouldEndWith(closing + " …");
        CardLimits.Runes(cut).ShouldBeLessThanOrEqualTo(runes);
    }

    [Theory]
    [InlineData("read [the long title of a page](https://example.com/page) now", 50)]
    [InlineData("read https://example.com/a-page-with-a-long-address-to-it now", 50)]
    [InlineData("told everybody @somebody-with-a-long-name-in-our-team about", 40)]
    public void T7_Links_and_names_go_whole(string text, int runes)
    {
        var cut = CardLimits.Cut(text, runes);
        cut.ShouldEndWith(" …");
        cut.ShouldNotContain("[");
        cut.ShouldNotContain("http");
        cut.ShouldNotContain("@");
        cut.ShouldContain(text[..4]);
    }

    [Fact]
    public void T7_Whatever_is_cut_fits_and_opens_nothing()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        // As we write it ourselves: what is opened is closed somewhere behind the cut.
        string[] parts =
        [
            "**bold words**",
            "*slanted words*",
            "`code words`",
            "``code ` words``",
            "\n```\nfenced words\n```\n",
            "[a](https://b.example)",
            "\\*",
            "word",
            "🇩🇪",
            "👨‍👩‍👧",
            "e\u0301",
            "@name",
        ];
        for (var i = 0; i < 5000; i++)
        {
            var text = new StringBuilder();
            for (var left = 20 + chance.Below(60); left > 0; left--)
            {
                text.Append(parts[chance.Below(parts.Length)]).Append(' ');
            }

            var runes = 40 + chance.Below(60);
            var cut = CardLimits.Cut(text.ToString(), runes);
            CardLimits.Runes(cut).ShouldBeLessThanOrEqualTo(runes, text.ToString());
            if (cut != text.ToString())
            {
                var (_, open) = MarkdownCut.At(cut, cut.Length);
                open.ShouldBeEmpty(text.ToString());
            }
        }
    }

    [Fact]
    public void T7_Shortened_texts_begin_with_whole_characters()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        string[] parts = ["🇩🇪", "👨‍👩‍👧", "e\u0301", "a", " ", "\r\n", "नि", "👍🏽", "\uD83D"];
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, 30).Select(_ => parts[chance.Below(parts.Length)])
            );
            var cut = MarkdownEscaper.Shorten(text, 5 + chance.Below(60));
            if (cut == text)
            {
                continue;
            }

            var borders = StringInfo.ParseCombiningCharacters(text);
            var kept = cut[..^1];
            (borders.Contains(kept.Length) || text[kept.Length] is ' ' or '\r').ShouldBeTrue(text);
        }
    }

    [Fact]
    public void T9_A_sentence_within_a_sentence_ends_once()
    {
        Show(Markdown.Of($"That failed: {Markdown.Of($"You may not add people there.")}."))
            .ShouldBe("That failed: You may not add people there.");
        Show(Markdown.Of($"That failed: {"who knows?"}. Try again."))
            .ShouldBe("That failed: who knows? Try again.");
        Show(Markdown.Of($"{Markdown.Of($"**Done.**")}.")).ShouldBe("**Done.**");
        Show(Markdown.Of($"Wait{"."}...")).ShouldBe("Wait....");
        Show(Markdown.Of($"{"Acme"}. {"Next"}.")).ShouldBe("Acme. Next.");
    }

    private static string Show(Markdown words) => words.Show(_ => null);
}
