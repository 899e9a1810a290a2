using System.Text;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Nobody can log in!", "nobody can log in")]
    [InlineData("ESC-12: node_7, log4j 10.0.3", "esc 12 node 7 log4j 10 0 3")]
    [InlineData("don’t can't", "dont cant")]
    [InlineData("Ｌｏｇｉｎ ﬁle ①", "login file 1")]
    [InlineData("Störung STÖRUNG Sto\u0308rung", "störung")]
    [InlineData("Ошибка входа", "ошибка входа")]
    [InlineData("בְּרֵאשִׁית", "בְּרֵאשִׁית")]
    [InlineData("हिन्दी में", "हिन्दी में")]
    [InlineData("خطأ في تسجيل", "خطأ في تسجيل")]
    [InlineData("障害", "障害 害")]
    [InlineData("データベース", "デー ータ タベ ベー ース ス")]
    [InlineData("ﾃﾞｰﾀ", "デー ータ タ")]
    [InlineData("iPhone用の第3回", "iphone 用の の第 第 3 回")]
    [InlineData("로그인 오류", "로그 그인 인 오류 류")]
    [InlineData("น้ำท่วม", "น้ํา าท่ ท่ว วม ม")]
    [InlineData("𠮷野家", "𠮷野 野家 家")]
    [InlineData("a\u00ADb c\u200Dd 5️⃣", "ab cd 5⃣")]
    [InlineData("…—!? \u0301", "")]
    [InlineData("the the THE", "the")]
    public void A_text_is_cut_into_its_terms(string text, string terms) =>
        string.Join(' ', SearchWords.Of([text]))
            .ShouldBe(terms.Normalize(NormalizationForm.FormKC));

    [Fact]
    public void Half_a_character_does_no_harm() =>
        SearchWords.Of(["a\uD800b \uDC00 \uFFFEc"]).ShouldBe(["a", "b", "c"]);

    [Fact]
    public void Terms_are_bounded_in_number_and_length()
    {
        var many = string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"word{i}"));

        SearchWords.Of(["first", many]).Count.ShouldBe(SearchWords.MostTerms);
        SearchWords.Of(["first", many])[0].ShouldBe("first");
        SearchWords
            .Of([new string('x', 5000)])
            .ShouldBe([new string('x', SearchWords.LongestTerm)]);
        SearchWords
            .Of(["x" + string.Concat(Enumerable.Repeat("𝼀", 99))])[0]
            .EnumerateRunes()
            .ShouldNotContain(Rune.ReplacementChar);
    }

    [Fact]
    public void Any_text_can_be_read()
    {
        const int seed = 99;
        var chance = new Seeded(seed);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, chance.Below(30)).Select(_ => (char)chance.Below(0x10000))
            );
            foreach (var term in SearchWords.Of([text]))
            {
                term.ShouldNotBeEmpty($"seed {seed}: {text}");
                SearchWords.Of([term]).ShouldNotBeEmpty($"seed {seed}: {text}");
            }
        }
    }

    [Theory]
    [InlineData("log", "Logins fail", true)]
    [InlineData("lo", "Logins fail", false)]
    [InlineData("fail log", "Logins fail", true)]
    [InlineData("log fail", "Logins fail", false)]
    [InlineData("12", "node 123", false)]
    [InlineData("123", "node 1234", false)]
    [InlineData("気", "電気が切れた", true)]
    [InlineData("電気が", "電気が切れた", true)]
    [InlineData("電が", "電気が切れた", false)]
    public void Words_are_in_a_text_or_not(string typed, string text, bool isIn)
    {
        var query = SearchQuery.Read(typed);

        query.IsIn([text], query.IsBeginning).ShouldBe(isIn);
    }
}
