using Shouldly;
using Sidecar.Ids;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Text;

public sealed class UserTextTests
{
    private const string Break = "\u200B";

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("@all", "@" + Break + "all")]
    [InlineData("＠here", "＠" + Break + "here")]
    [InlineData("<!channel>", "<" + Break + "\\!channel>")]
    [InlineData(
        "**bold** _it_ `code` ~~no~~",
        "\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~"
    )]
    [InlineData("[a](http://x.test/y_z)", "\\[a\\](http://x.test/y_z)")]
    [InlineData("https://x.test/a_b?c=@all|d", "https://x.test/a_b?c=%40all%7Cd")]
    [InlineData("# heading", "\\#" + Break + " heading")]
    [InlineData("C# is fine", "C# is fine")]
    [InlineData("- item", "\\- item")]
    [InlineData("a - b", "a - b")]
    [InlineData("1. first", "1\\. first")]
    [InlineData("v1.2", "v1.2")]
    [InlineData("> quote", "\\> quote")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("back\\slash", "back\\slash")]
    [InlineData("a\\*b \\", "a\\\\\\*b \\\\")]
    [InlineData("title\n====", "title\n" + Break + "====")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("\uE000id\uE001", "id")]
    [InlineData("a\u202Egnp.exe\u2069", "agnp.exe")]
    [InlineData("09:05 😀 日本", "09:05 😀 日本")]
    public void ALL_6_What_people_typed_neither_formats_nor_pings(string typed, string shown) =>
        MarkdownEscaper.Escape(typed).ShouldBe(shown);

    /// <summary>Text without an address is looked through in leaps, text with one character by character.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(20260131)]
    public void Any_text_is_shown_alike_whether_or_not_an_address_follows(int seed)
    {
        const string alphabet = "ab1 \n\r\t@＠<#\\*_`~[]|!-+>=.):;&\uE000\uE001\u202A\u2067é日😀";
        const string address = " https://x.test/a";
        var chance = new Seeded(seed);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(
                Enumerable
                    .Range(0, chance.Below(40))
                    .Select(_ => alphabet[chance.Below(alphabet.Length)])
            );
            MarkdownEscaper
                .Escape(text + address)
                .ShouldBe(
                    MarkdownEscaper.Escape(text + " ") + address[1..],
                    $"seed {seed}: {text}"
                );
            Markdown.Of($"<{text}>").Template.ShouldBe("<" + MarkdownEscaper.Escape(text) + ">");
        }
    }

    [Theory]
    [InlineData("abc", "`abc`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a", "`` `a ``")]
    [InlineData("a\nb", "\n```\na\nb\n```\n")]
    [InlineData("```\n@all", "\n````\n```\n@all\n````\n")]
    public void Code_can_not_be_left_from_inside(string text, string code) =>
        MarkdownEscaper.Code(text).ShouldBe(code);

    [Theory]
    [InlineData("a \\*\\*b\\*\\* c", "a **b** c")]
    [InlineData("**ESC-1** `x`", "ESC-1 x")]
    [InlineData("1\\. a\\|b \\\\ c", "1. a|b \\ c")]
    public void Notifications_get_plain_text(string markdown, string plain) =>
        MarkdownEscaper.Plain(markdown).ShouldBe(plain);

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly ten", 11, "exactly ten")]
    [InlineData("one too many", 11, "one too ma…")]
    [InlineData("abc😀", 4, "abc…")]
    [InlineData("ab  cdef", 5, "ab…")]
    public void A_cut_never_tears_a_character(string text, int atMost, string cut) =>
        MarkdownEscaper.Shorten(text, atMost).ShouldBe(cut);

    [Fact]
    public void People_are_shown_by_the_name_they_have_now()
    {
        var words = Markdown.Of($"{new UserId("u1")} told {new UserId("u2")}: {"*hi* @all"}");
        words
            .Show(id => id.Value == "u1" ? "engineer" : null)
            .ShouldBe($"@engineer told somebody: \\*hi\\* @{Break}all");
        words.Mentioned().ShouldBe([new UserId("u1"), new UserId("u2")]);
    }

    [Fact]
    public void ALL_6_Nobody_can_type_a_mention_of_a_person_by_id() =>
        Markdown.Typed("\uE000u1\uE001").Mentioned().ShouldBeEmpty();

    [Fact]
    public void A_sentence_of_ours_keeps_its_code_and_escapes_what_it_quotes() =>
        Markdown
            .Sentence("“*x*” is wrong: write `@name`.")
            .Show(_ => null)
            .ShouldBe("“\\*x\\*” is wrong: write `@name`.");

    [Fact]
    public void A_sentence_with_a_stray_back_tick_has_no_code() =>
        Markdown
            .Sentence("“`” is wrong: write `@name`.")
            .Show(_ => null)
            .ShouldBe($"“\\`” is wrong: write \\`@{Break}name\\`.");
}
