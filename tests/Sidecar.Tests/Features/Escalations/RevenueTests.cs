using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>
/// What a customer pays shows to nobody without a role, and in no channel: two worlds that differ in it alone read the
/// same (ESC-5, X3).
/// </summary>
public sealed class RevenueTests
{
    /// <summary>All that somebody without a role can ask for about escalations.</summary>
    private static readonly string[] Questions =
    [
        "list",
        "list all",
        "list mine",
        "list here",
        "list sev3",
        "list accepted",
        "list after ESC-1",
        "list after ESC-2",
        "find slow",
        "why ESC-1",
        "why ESC-2",
        "why ESC-3",
        "show ESC-1",
        "show ESC-3",
        "show ESC-4",
        "timeline ESC-1",
        "timeline ESC-4",
        "updates ESC-1",
        "me",
        "help why",
        "help customer",
    ];

    [Fact]
    public async Task X3_Two_worlds_that_differ_only_in_what_customers_pay_read_the_same()
    {
        var (rich, poor) = (await World(900_000, 90_000, 30_000), await World(60_000, 70_000, 1));
        rich.Count.ShouldBe(poor.Count);
        rich.Count.ShouldBeGreaterThan(40);
        for (var i = 0; i < rich.Count; i++)
        {
            rich[i].ShouldBe(poor[i]);
        }
    }

    [Fact]
    public async Task X3_Who_may_read_customers_has_the_order_that_counts_what_they_pay()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("small", "Small", 60_000);
        await desk.Knows("large", "Large", 600_000);
        desk.Mattermost.AddUser("colleague");
        await desk.Types("tam", "/escalate new small sev3 First");
        await desk.Types("tam", "/escalate new large sev3 Second");
        (await desk.Types("engineer", "/escalate list")).Rows().ShouldBe(["ESC-2", "ESC-1"]);
        (await desk.Types("colleague", "/escalate list")).Rows().ShouldBe(["ESC-1", "ESC-2"]);
        (await desk.Types("colleague", "/escalate list after ESC-1")).Rows().ShouldBe(["ESC-2"]);
    }

    private static async Task<List<string>> World(decimal acme, decimal other, decimal below)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("one", "One", acme);
        await desk.Knows("two", "Two", other);
        await desk.Knows("three", "Three", 80_000);
        await desk.Knows("four", "Four", below);
        desk.Mattermost.AddUser("colleague");
        var said = new List<string>();
        foreach (var customer in (string[])["one", "two", "three", "four"])
        {
            said.Add(
                (
                    await desk.Types("colleague", $"/escalate new {customer} sev3 Slow {customer}")
                ).Text
            );
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // Each to another customer and back, as its own reporter may.
        said.Add((await desk.Types("colleague", "/escalate edit ESC-3 customer two")).Text);
        said.AddRange((await desk.Types("colleague", "/escalate list")).Rows());
        said.Add((await desk.Types("colleague", "/escalate edit ESC-3 customer one")).Text);
        said.AddRange((await desk.Types("colleague", "/escalate list")).Rows());
        foreach (var question in Questions)
        {
            said.Add((await desk.Types("colleague", "/escalate " + question)).Text);
        }

        foreach (var of in (string[])["open", "mine", "here"])
        {
            said.Add(
                (
                    await desk.Runs(
                        "colleague",
                        new
                        {
                            v = 2,
                            get = "list",
                            of,
                        }
                    )
                ).Props.ToString()!
            );
        }

        await desk.Passes(TimeSpan.FromDays(4));
        said.AddRange(desk.ToldTo("colleague"));
        said.AddRange(desk.Mattermost.Posts(Desk.Square).Select(p => p.Message));
        said.AddRange(
            desk.Cards(Desk.Square)
                .SelectMany(c =>
                    c.Attachments.Select(a =>
                        $"{a.Title} {a.Text} {string.Join('|', (a.Fields ?? []).Select(f => $"{f.Title}: {f.Value}"))}"
                    )
                )
        );
        return [.. said.Select(WithoutIds)];
    }

    private static string WithoutIds(string text) =>
        Regex.Replace(
            Regex.Replace(text, "\"(next|after|cursor)\":\"[^\"]+\"", "cursor"),
            @"\b[a-z0-9]{26}\b",
            "id"
        );
}
