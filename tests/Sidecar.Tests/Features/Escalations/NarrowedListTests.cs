using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>Several words behind <c>list</c> narrow it down (T6): what is in all of the lists that they name.</summary>
public sealed class NarrowedListTests
{
    [Theory]
    [InlineData("mine sev1", "ESC-1")]
    [InlineData("sev 1 mine", "ESC-1")]
    [InlineData("acme sev2", "ESC-3")]
    [InlineData("Sev 2, acme", "ESC-3")]
    [InlineData("acme labs sev1", "ESC-2")]
    [InlineData("sev1 \"Acme Labs\"", "ESC-2")]
    [InlineData("acme", "ESC-1 ESC-3 ESC-4")]
    [InlineData("open acme", "ESC-1 ESC-3")]
    [InlineData("acme cancelled", "ESC-4")]
    [InlineData("all mine acme", "ESC-1 ESC-4")]
    [InlineData("all sev2", "ESC-3 ESC-4")]
    [InlineData("mine and acknowledged", "ESC-1")]
    [InlineData("here sev1", "ESC-1 ESC-2")]
    [InlineData("@engineer", "ESC-1")]
    [InlineData("@product sev1", "ESC-2")]
    [InlineData("@Product, acme", "ESC-3")]
    [InlineData("all @tam", "ESC-1 ESC-4")]
    [InlineData("Closed Loop Corp", "ESC-5")]
    [InlineData("\"closed loop corp\" sev3 open", "ESC-5")]
    public async Task T6_Several_words_narrow_the_list(string typed, string shown)
    {
        await using var desk = await Some();
        (await Ids(desk, typed)).ShouldBe(shown.Split(' '), ignoreOrder: true);
    }

    [Theory]
    [InlineData("sev1 sev2", "one severity: write `sev1` or `sev2`")]
    [InlineData("closed resolved", "one state: write `closed` or `resolved`")]
    [InlineData("@tam @product", "one person: write `@tam` or `@product`")]
    [InlineData("@nobody", "Nobody in this team is called “nobody”")]
    [InlineData("sev9 mine", "is not a severity")]
    [InlineData("mine nonsense", "There is no customer “nonsense”")]
    [InlineData("bug", "a state (`needs-information`")]
    [InlineData("acme sev4", "Open escalations: Acme, Sev 4: none.")]
    public async Task T6_What_excludes_each_other_or_is_unknown_is_told_with_what_is_taken(
        string typed,
        string said
    )
    {
        await using var desk = await Some();
        (await desk.Types("tam", $"/escalate list {typed}")).Text.ShouldContain(said);
    }

    [Fact]
    public async Task T6_A_narrowed_list_goes_on_behind_its_last_one()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("big", "Big", 500_000);
        for (var i = 0; i < 20; i++)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            foreach (var customer in (string[])["acme", "big"])
            {
                await desk.Types("tam", $"/escalate new {customer} sev2 Down {i}");
            }
        }

        var first = (await desk.Types("tam", "/escalate list big sev2")).Text;
        first.ShouldContain("#### Open escalations: Big, Sev 2 (20)");
        var more = first.Split("More: `/escalate ")[1].TrimEnd('`');
        more.ShouldStartWith("list big sev2 after ESC-");
        var rest = (await desk.Types("tam", $"/escalate {more}")).Text;
        rest.ShouldContain("continued");
        rest.ShouldNotContain("More:");
        string[] all = [.. IdsIn(first), .. IdsIn(rest)];
        all.Length.ShouldBe(20);
        all.ShouldBeUnique();
    }

    private static async Task<Desk> Some()
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("loop", "Closed Loop Corp", 500_000);
        foreach (
            var line in (string[])
                [
                    "tam new acme sev1 One",
                    "product new acme-labs sev1 Two",
                    "product new acme sev2 Three",
                    "tam new acme sev2 Four",
                    "product new loop sev3 Five",
                    "engineer ack ESC-1",
                    "tam cancel ESC-4 Twice",
                ]
        )
        {
            var (who, typed) = (
                line.Split(' ')[0],
                line[line.IndexOf(' ', StringComparison.Ordinal)..]
            );
            await desk.Types(who, $"/escalate{typed}");
        }

        return desk;
    }

    private static async Task<string[]> Ids(Desk desk, string typed) =>
        IdsIn((await desk.Types("tam", $"/escalate list {typed}")).Text);

    private static string[] IdsIn(string list) =>
        [
            .. list.Split('\n')
                .Where(row => row.StartsWith("| **ESC-", StringComparison.Ordinal))
                .Select(row => row.Split("**")[1]),
        ];
}
