using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What tests of escalations do often, and where they look.</summary>
internal static class EscalationDesk
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An escalation as it is stored, or null.</summary>
    public static async Task<Escalation?> Find(this Desk desk, long number) =>
        (
            await desk
                .Parts.GetRequiredService<EscalationStore>()
                .Find(new EscalationId(number), Cancel)
        )?.Value;

    public static async Task<Escalation> Stored(this Desk desk, long number = 1) =>
        (await desk.Find(number)).ShouldNotBeNull();

    public static async Task<EscalationState> StateOf(this Desk desk, long number = 1) =>
        (await desk.Stored(number)).State;

    /// <summary>What its timeline holds, in order.</summary>
    public static async Task<IReadOnlyList<EscalationFact>> Facts(this Desk desk, long number = 1)
    {
        var entries = await desk
            .Parts.GetRequiredService<EscalationStore>()
            .History(new EscalationId(number), 0, 10_000, Cancel);
        return [.. entries.Select(e => e.Fact)];
    }

    /// <summary>When a reminder of it falls due, or null.</summary>
    public static async Task<DateTimeOffset?> Due(this Desk desk, string kind, long number = 1)
    {
        var until = desk.Clock.GetUtcNow().AddYears(2);
        var due = await desk.Store.Engine.ReadDue(until, null, 10_000, Cancel);
        return due.SingleOrDefault(d => d.Kind == kind && d.Id == $"ESC-{number}")?.At;
    }

    /// <summary>Its card in a channel.</summary>
    public static Post CardOf(this Desk desk, long number, string channel = Desk.Square) =>
        desk.Cards(channel).Single(p => p.Message.Contains($"**ESC-{number}**"));

    /// <summary>The bot's direct messages to somebody, oldest first.</summary>
    public static IReadOnlyList<Post> MessagesTo(this Desk desk, string who) =>
        [
            .. desk
                .Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", who).Id)
                .Where(p => p.UserId == desk.Bot.Id),
        ];

    public static string? Field(this Post card, string title) =>
        card.Attachments[0].Fields?.SingleOrDefault(f => f.Title == title)?.Value?.GetString();

    /// <summary>What can be pressed on a post now.</summary>
    public static IReadOnlyList<string> Buttons(this Post post) =>
        [.. post.Actions.Where(a => !a.Disabled).Select(a => a.Name!)];

    /// <summary>What a menu of a post offers.</summary>
    public static IReadOnlyList<string> Menu(this Post post, string name) =>
        [.. post.Actions.Single(a => a.Name == name).Options!.Select(o => o.Text)];

    /// <summary>The escalations in a list, in its order.</summary>
    public static IReadOnlyList<string> Rows(this CommandOutcome list) =>
        [
            .. list
                .Text.Split('\n')
                .Where(l => l.StartsWith("| **ESC-", StringComparison.Ordinal))
                .Select(l => l.Split("**")[1]),
        ];

    /// <summary>Somebody writes a message into the square.</summary>
    public static async Task<Post> Writes(this Desk desk, string who, string message)
    {
        var post = await desk.Mattermost.As(who).Post(Desk.Square, message);
        await desk.Mattermost.IdleAsync();
        await desk.Settled();
        return post;
    }

    /// <summary>Somebody raises one by the form, which alone has the category.</summary>
    public static async Task Files(
        this Desk desk,
        string who,
        string customer,
        string category,
        string summary = "Down",
        string severity = "sev3"
    )
    {
        await desk.Types(who, "/escalate");
        var outcome = await desk.Submits(
            who,
            ("customer", customer),
            ("severity", severity),
            ("category", category),
            ("summary", summary)
        );
        outcome.Closed.ShouldBeTrue(outcome.Error);
    }

    /// <summary>One more person is at work.</summary>
    public static async Task Hires(this Desk desk, string who, params Role[] roles)
    {
        desk.Mattermost.AddUser(who);
        await desk.Meets(who);
        if (roles.Length > 0)
        {
            await desk.Grants(who, roles);
        }
    }

    /// <summary>Who was sent messages of a kind, and when.</summary>
    public static IReadOnlyList<DateTimeOffset> TimesOf(this Desk desk, string who, string start) =>
        [
            .. desk.MessagesTo(who)
                .Where(p => p.Message.StartsWith(start, StringComparison.Ordinal))
                .Select(p => DateTimeOffset.FromUnixTimeMilliseconds(p.CreateAt)),
        ];
}
