using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents;

/// <summary>Links above an incident's channel, where the server has them (DLG-3).</summary>
public sealed class BookmarkTests
{
    private const string Channel = "sev1-acme-20260302";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly SimulatorOptions Licensed = new() { IsLicensed = true };

    [Fact]
    public async Task DLG_3_An_incident_channel_has_the_card_and_the_customers_links_above_it()
    {
        await using var desk = await Desk.Open(Licensed);
        await desk.Types(
            Desk.Admin,
            "/escalate customer set acme tickets https://tickets.example/a"
        );
        await desk.Types(Desk.Admin, "/escalate customer set acme designs https://docs.example/1");
        await desk.Raised("Nobody can log in");
        await desk.Passes(Soon);

        var card = desk.Cards(Channel)[0];
        Above(desk)
            .ShouldBe(
                [
                    (
                        "ESC-1",
                        $"{desk.Mattermost.Url.ToString().TrimEnd('/')}/_redirect/pl/{card.Id}"
                    ),
                    ("Technical design", "https://docs.example/1"),
                    ("Tickets", "https://tickets.example/a"),
                ],
                ignoreOrder: true
            );
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_3_They_follow_the_customer_and_what_people_did_with_them_stays()
    {
        await using var desk = await Desk.Open(Licensed);
        await desk.Types(
            Desk.Admin,
            "/escalate customer set acme tickets https://tickets.example/a"
        );
        await desk.Types(Desk.Admin, "/escalate customer set acme crm https://crm.example/a");
        await desk.Raised();
        await desk.Passes(Soon);
        desk.Mattermost.SetBookmark(Channel, "lead", "War room", "https://call.example/1");
        desk.Mattermost.SetBookmark(Channel, "escalate", "CRM", null);
        await desk.Types(
            Desk.Admin,
            "/escalate customer set acme tickets https://tickets.example/b"
        );
        await desk.Types("tam", "/escalate edit ESC-1 impact high");
        await desk.Passes(Soon);
        Above(desk)
            .Select(b => b.Title)
            .ShouldBe(["ESC-1", "Tickets", "War room"], ignoreOrder: true);
        Above(desk).ShouldContain(("Tickets", "https://tickets.example/b"));

        // Another customer's links are not those of this one.
        await desk.Types("tam", "/escalate edit ESC-1 customer acme-labs");
        await desk.Passes(Soon);
        Above(desk).Select(b => b.Title).ShouldBe(["ESC-1", "War room"], ignoreOrder: true);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_3_ASG_4_Where_a_guest_is_in_the_channel_only_the_card_is_linked()
    {
        await using var desk = await Desk.Open(Licensed);
        await desk.Types(
            Desk.Admin,
            "/escalate customer set acme tickets https://tickets.example/a"
        );
        await desk.Raised();
        await desk.Passes(Soon);
        desk.Mattermost.Join(Channel, "guest");
        await desk.Types("tam", "/escalate edit ESC-1 impact high");
        await desk.Passes(Soon);
        Above(desk).Select(b => b.Title).ShouldBe(["ESC-1"]);
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task DLG_3_Where_there_are_none_it_is_asked_once_and_nothing_is_said(string age)
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = age });
        await desk.Raised();
        await desk.Passes(Soon);
        await desk.Types("tam", "/escalate edit ESC-1 impact high");
        await desk.Passes(Soon);
        await desk.Passes(TimeSpan.FromHours(2));
        desk.Mattermost.Requests.Count(r => r.Path.EndsWith("/bookmarks", StringComparison.Ordinal))
            .ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static IReadOnlyList<(string Title, string Address)> Above(Desk desk) =>
        [.. desk.Mattermost.BookmarksOf(Channel).Select(b => (b.DisplayName, b.LinkUrl))];
}
