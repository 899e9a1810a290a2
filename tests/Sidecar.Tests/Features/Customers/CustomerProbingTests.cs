using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Interactions;
using Sidecar.Tests.Api;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>
/// Whoever may not read customers learns nothing by trying keys and names (X4): a customer that is there is answered as one
/// that is not.
/// </summary>
public sealed partial class CustomerProbingTests
{
    private const string There = "acme-labs";
    private const string Nowhere = "vapid-labs";

    /// <summary>
    /// What anybody may start for a customer has to know it: what comes of that is posted, and stands in the audit trail
    /// with who did it.
    /// </summary>
    private static readonly string[] Starts = ["", "new", "engineer request"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task X4_By_no_command_is_a_customer_that_is_there_told_from_one_that_is_not(
        bool isAssigned
    )
    {
        await using var desk = await GivenPair.Open(Desk.WithoutIncidents);
        if (isAssigned)
        {
            await desk.Assigns(There, AssignmentKind.PreSales);
        }

        desk.Mattermost.AddUser("colleague");
        await desk.Meets("colleague");
        var paths = desk
            .Parts.GetRequiredService<RegisteredParts>()
            .Commands.Select(c => c.Spec.Path)
            .Except(Starts)
            // Who has an engineer is known to everybody of ours: `engineer list` says so.
            .Where(p => !isAssigned || !p.StartsWith("engineer", StringComparison.Ordinal))
            .ToList();
        paths.ShouldContain("list");
        List<string> told = [];
        foreach (var path in paths)
        {
            foreach (var behind in (string[])["", " tue 14:00", " keep", " note"])
            {
                told.AddRange(await Told(desk, path, There + behind, Nowhere + behind));
            }

            told.AddRange(await Told(desk, path, "\"Acme Labs\"", "\"Vapid Labs\""));
        }

        Assert.True(told.Count == 0, string.Join("\n\n", told));
    }

    [Fact]
    public async Task X4_Nothing_that_is_not_raised_shows_by_where_it_cuts_who_is_a_customer()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddUser("colleague");
        await desk.Meets("colleague");
        foreach (
            var typed in (string[])
                [
                    "new {0} something",
                    "new {0}",
                    "new {0} sev2",
                    "new sev3",
                    "{0} is down",
                    "{0} sev2",
                    "{0} sev2 is down",
                ]
        )
        {
            var (one, other) = (
                await Shown(desk, string.Format(null, typed, "Acme Labs")),
                await Shown(desk, string.Format(null, typed, "Vapid Labs"))
            );
            one.ShouldBe(other, typed);
        }

        // Who may read them is helped.
        await desk.Types("tam", "/escalate new Acme Labs something");
        desk.Mattermost.OpenDialogOf("tam")!
            .Elements.Single(e => e.Name == "summary")
            .Default.ShouldBe("something");
    }

    [Fact]
    public async Task X4_Editing_ones_own_asks_the_leads_for_another_customer_whether_there_is_one_or_not()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        desk.Mattermost.AddUser("colleague");
        desk.Mattermost.Join(Desk.Square, "colleague");
        await desk.Meets("colleague");
        await desk.Types("colleague", "/escalate new \"acme\" sev3 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var card = desk.Card();
        var thread = desk.Thread(card).Count;
        var before = (await desk.Types("colleague", "/escalate show ESC-1")).Text;
        foreach (
            var (there, nowhere) in ((string, string)[])
                [(There, Nowhere), ("Acme Labs", "Vapid Labs")]
        )
        {
            var one = await Answer(desk, "edit ESC-1 customer", there);
            one.ShouldBe(await Answer(desk, "edit ESC-1 customer", nowhere));
            one.ShouldContain("handed in to the leads");
        }

        foreach (var name in (string[])[There, Nowhere])
        {
            await desk.Types("colleague", "/escalate edit ESC-1");
            var saved = await desk.Submits(
                "colleague",
                ("customer", name),
                ("summary", $"Slow {name.Length}")
            );
            saved.Closed.ShouldBeTrue();
        }

        using var api = await ApiDesk.Of(desk, "colleague");
        var patched = await api.Patch("/escalations/ESC-1", new { customer = There }, "*");
        patched.Status.ShouldBe(200, patched.Body);
        patched["customer"].ShouldNotContain("Labs");
        (await desk.Types("colleague", "/escalate show ESC-1")).Text.ShouldBe(
            before.Replace("Slow", $"Slow {Nowhere.Length}", StringComparison.Ordinal)
        );
        desk.Thread(card)
            .Skip(thread)
            .ShouldNotContain(t => t.Contains("Labs", StringComparison.OrdinalIgnoreCase));

        // Each is told of once, with the line that changes it.
        var told = desk.ToldTo("lead")
            .Where(m => m.Contains("not “Acme”", StringComparison.Ordinal))
            .ToList();
        told.Count.ShouldBe(4);
        told[0].ShouldContain("edit ESC-1 customer acme-labs");
        (await desk.Types("lead", "/escalate edit ESC-1 customer acme-labs")).Text.ShouldContain(
            "Acme Labs"
        );
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static async Task<string> Shown(Desk desk, string typed)
    {
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await desk.Types("colleague", "/escalate " + typed);
        var form = desk.Mattermost.OpenDialogOf("colleague");
        if (form is not null)
        {
            await desk.Mattermost.As("colleague").CancelDialog(form);
        }

        desk.Cards().ShouldBeEmpty(typed);
        return Neutral(answer.Text + JsonSerializer.Serialize(form?.Elements));
    }

    [Fact]
    public async Task X4_What_is_posted_anyway_is_listed_for_everybody_and_who_may_read_is_told_more()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddUser("colleague");
        await desk.Types("colleague", "/escalate list acme-labs");
        (await desk.Types("tam", "/escalate list acme-labs")).Text.ShouldContain(
            "Escalations of Acme Labs: none",
            Case.Insensitive
        );
        await desk.Types("tam", "/escalate new acme-labs sev2 Down");
        (await desk.Types("colleague", "/escalate list acme-labs")).Text.ShouldContain("ESC-1");
    }

    private static async Task<IEnumerable<string>> Told(
        Desk desk,
        string path,
        string there,
        string nowhere
    )
    {
        var (one, other) = (await Answer(desk, path, there), await Answer(desk, path, nowhere));
        return one == other ? [] : [$"/escalate {path} {there}: {one}\n{other}"];
    }

    private static async Task<string> Answer(Desk desk, string path, string behind)
    {
        // Nobody types so much in a second.
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await desk.Types("colleague", $"/escalate {path} {behind}");
        var form = desk.Mattermost.OpenDialogOf("colleague");
        return Neutral(
            answer.Text
                + JsonSerializer.Serialize(
                    new
                    {
                        form?.Title,
                        form?.IntroductionText,
                        form?.Elements,
                    }
                )
        );
    }

    private static string Neutral(string text) =>
        new[] { There, Nowhere, "Acme Labs", "Vapid Labs", "Acme", "Vapid" }.Aggregate(
            MadeToken().Replace(text, "A-TOKEN"),
            (t, name) => t.Replace(name, "THEM", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Each is another, whatever it is called.</summary>
    [GeneratedRegex(@"TOK-\d+|escalate_\d+_[0-9a-f]+")]
    private static partial Regex MadeToken();
}
