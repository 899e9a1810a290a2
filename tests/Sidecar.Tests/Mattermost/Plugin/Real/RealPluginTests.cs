using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Tests.Conformance;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin.Real;

/// <summary>The product as a real Mattermost runs it, from the upload to the end; see <see cref="RealPlugin"/>.</summary>
[Collection(nameof(RealPlugin))]
public sealed partial class RealPluginTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UP_1_One_upload_is_the_whole_installation_and_all_ways_in_work()
    {
        await using var plugin = await RealPlugin.Open();
        var acme = $"a{plugin.Mark}";
        (await plugin.Types(plugin.Tam, "/escalate help")).ShouldStartWith("#### What you do most");
        // A second one for the same customer would be asked about.
        string[] keys = [acme, $"{acme}-b", $"{acme}-c"];
        foreach (var key in keys)
        {
            await plugin.Types(plugin.Admin, $"/escalate customer add {key} \"Customer {key}\"");
            await plugin.Types(plugin.Admin, $"/escalate customer set {key} arr 60000");
        }

        // A form by the command, and the card that comes of it.
        var sent = await plugin.Fills(
            plugin.Tam,
            "/escalate",
            ("customer", acme),
            ("severity", "sev3"),
            ("summary", "Made by a form")
        );
        sent.Status.ShouldBe(200, sent.Body.GetRawText());
        sent["errors"].ShouldBeEmpty(sent.Body.GetRawText());
        var made = await RealPlugin.Until(
            async () =>
                Number().Match(await plugin.Types(plugin.Tam, "/escalate list " + acme))
                    is { Success: true } found
                    ? (Found?)new Found(found.Value)
                    : null,
            "the form has raised nothing"
        );
        var card = await plugin.Card(made.Id);

        // A click, and the card shows it.
        (await RealPlugin.Presses(plugin.Engineer, card, "Acknowledge")).Status.ShouldBe(200);
        await plugin.Card(
            made.Id,
            p => p.Text("message").StartsWith(":eyes:", StringComparison.Ordinal)
        );

        // A reaction does the same.
        var other = await Raise(plugin, $"{acme}-b sev4 To be reacted to");
        var reacted = await plugin.Card(other);
        await Stage.Reacts(plugin.Engineer, reacted.Text("id"));
        await plugin.Card(
            other,
            p => p.Text("message").StartsWith(":eyes:", StringComparison.Ordinal)
        );

        // What the panel asks.
        var list = await plugin.Panel(
            plugin.Tam,
            new
            {
                v = 2,
                get = "list",
                of = "open",
            }
        );
        list.Body.GetRawText().ShouldContain("Made by a form");
        (
            await plugin.Panel(
                plugin.Tam,
                new
                {
                    v = 2,
                    get = "escalation",
                    id = made.Id,
                }
            )
        )["props.escalate.escalation.state"].ShouldBe("acknowledged");
        (await plugin.Panel(plugin.Engineer, new { v = 2, run = $"state {made.Id} identified" }))[
            "props.escalate.said.text"
        ]
            .ShouldNotBeEmpty();

        // A Sev 1 gets its channel, with its card and its checklist.
        var incident = await Raise(plugin, $"{acme}-c sev1 Nobody can log in");
        var channel = await Channel(plugin, incident);
        await RealPlugin.Until(
            async () =>
                (await plugin.Posts(channel)).Count(p => RealPlugin.IsCard(p, incident)) == 2
                    ? true
                    : (bool?)null,
            $"the channel of {incident} has no checklist"
        );
        (await plugin.Types(plugin.Tam, $"/escalate ack {incident}", channel)).ShouldContain(
            "acknowledged"
        );
        (
            await plugin.Types(plugin.Tam, $"/escalate task {incident} 1.1 done", channel)
        ).ShouldContain("1.1");
        output.WriteLine($"{plugin.Mark}: {made.Id}, {other}, {incident}");
    }

    [Fact]
    public async Task UP_1_A_check_in_is_answered_by_its_form()
    {
        await using var plugin = await RealPlugin.Open();
        var key = $"k{plugin.Mark}";
        await plugin.Types(plugin.Admin, $"/escalate role grant @{plugin.Tam.Name} cs-lead");
        await plugin.Types(plugin.Admin, $"/escalate role grant @{plugin.Tam.Name} ce");
        await plugin.Types(plugin.Admin, $"/escalate role grant @{plugin.Engineer.Name} se");
        await plugin.Types(plugin.Admin, $"/escalate customer add {key} \"Kappa {plugin.Mark}\"");
        var started = await plugin.Fills(
            plugin.Tam,
            $"/escalate engineer start {key}",
            ("why", "They begin this week"),
            ("kind", "pre-sales"),
            ("ce", plugin.Tam.Id),
            ("engineer", plugin.Engineer.Id)
        );
        started["errors"].ShouldBeEmpty(started.Body.GetRawText());
        await RealPlugin.Until(
            async () =>
                (await plugin.Types(plugin.Tam, $"/escalate engineer show {key}")).Contains(
                    plugin.Engineer.Name,
                    StringComparison.Ordinal
                )
                    ? true
                    : (bool?)null,
            "the assignment has not begun"
        );

        var answered = await plugin.Fills(
            plugin.Engineer,
            $"/escalate checkin {key}",
            ("going_well", "The migration is done"),
            ("frustration", "Nothing"),
            ("goals", "A second site"),
            ("context", "None")
        );

        answered.Status.ShouldBe(200);
        answered["errors"].ShouldBeEmpty(answered.Body.GetRawText());
        (await plugin.Types(plugin.Engineer, $"/escalate checkin history {key}")).ShouldContain(
            "The migration is done"
        );
    }

    [Fact]
    public async Task UP_1_Switched_off_upgraded_killed_and_frozen_it_goes_on_where_it_was()
    {
        await using var plugin = await RealPlugin.Open();
        var key = $"z{plugin.Mark}";
        await plugin.Types(plugin.Admin, $"/escalate customer add {key} \"Zeta {plugin.Mark}\"");
        var id = await Raise(plugin, $"{key} sev3 It has to outlive all that");

        await plugin.Disable();
        (await plugin.TypesRaw(plugin.Tam, "/escalate help")).Status.ShouldBeGreaterThanOrEqualTo(
            400
        );
        await plugin.Enable();
        (await plugin.Types(plugin.Tam, $"/escalate show {id}")).ShouldContain("outlive");

        // Another version over the one that runs.
        var before = plugin.Process();
        await plugin.Upload("0.1.1");
        await plugin.ProcessAfter(before);
        await Answers(plugin, id);

        // Mattermost starts another one by itself, or an administrator where it has given up.
        var killed = plugin.Process();
        PluginProcess.Kill(killed);
        await plugin.ComesBack(killed, waits: true);
        await Answers(plugin, id);

        // A short stop is nobody's business.
        var frozen = plugin.Process();
        PluginProcess.Freeze(frozen);
        var typed = plugin.TypesRaw(plugin.Tam, $"/escalate show {id}");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancel);
        PluginProcess.Thaw(frozen);
        (await typed)["text"].ShouldContain("outlive");
        plugin.Process().ShouldBe(frozen);

        // A long one is ended by Mattermost.
        PluginProcess.Freeze(frozen);
        await plugin.ComesBack(frozen, waits: true);
        await Answers(plugin, id);
        (await plugin.Posts()).Count(p => RealPlugin.IsCard(p, id)).ShouldBe(1);
    }

    private static Task<bool> Answers(RealPlugin plugin, string id) =>
        RealPlugin.Until(
            async () =>
                (await plugin.TypesRaw(plugin.Tam, $"/escalate show {id}")) is { Status: 200 } shown
                && shown["text"].Contains("outlive", StringComparison.Ordinal)
                    ? true
                    : (bool?)null,
            $"{id} is not shown"
        );

    private static async Task<string> Raise(RealPlugin plugin, string what)
    {
        var said = await plugin.Types(plugin.Tam, $"/escalate new {what}");
        said.ShouldContain("Raised as ");
        return Number().Match(said).Value;
    }

    private static async Task<string> Channel(RealPlugin plugin, string id)
    {
        var found = await RealPlugin.Until(
            async () =>
                (await plugin.Channels())
                    .Where(c =>
                        c.Text("display_name").StartsWith($"{id} ", StringComparison.Ordinal)
                    )
                    .Select(c => (Found?)new Found(c.Text("id")))
                    .FirstOrDefault(),
            $"{id} has no channel"
        );
        return found.Id;
    }

    private readonly record struct Found(string Id);

    [GeneratedRegex(@"ESC-\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
