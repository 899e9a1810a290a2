using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Routing;

/// <summary><c>/escalate duty</c>: who is reminded of what nobody owns, and who backs them up (ESC-8).</summary>
internal sealed class SetDuty(RoutingStore desk, RoleStore roles, PeopleDirectory people)
    : ISlashCommand
{
    private static readonly Parameter<UserId> Engineer = Arguments.User(
        "engineer",
        "Who is on duty? Write the at-name, as in `@name`."
    );

    private static readonly Parameter<UserId> BackUp = Arguments
        .User("backup", "Who backs them up? Write the at-name, as in `@name`, or `none`.")
        .UnlessNone()
        .OrNothing() with
    {
        Usage = "[@backup | none]",
    };

    private static readonly Parameter<string> NoBackUp = Arguments
        .Keyword(NoneWord.Text, "Write `none` in place of the back-up when there is to be none.")
        .OrNothing() with
    {
        Usage = "",
    };

    public static Permission Permission => EscalationRights.Route;

    public static CommandSpec Spec { get; } =
        new(
            "duty",
            "Say which engineer is on duty, and who backs them up",
            Engineer,
            BackUp,
            NoBackUp
        )
        {
            Examples = ["duty @engineer", "duty @engineer @backup", "duty @engineer none"],
            Details =
                "With one name the back-up stays who it is; `none` after it removes the back-up. Whoever begins or ends is told by direct message. The one on duty is reminded of accepted escalations that nobody owns or acknowledges; then the back-up. `team list` shows who it is.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var engineer = call.Get(Engineer);
        UserId? backUp = call.Get(BackUp) is { Value: not null } named ? named : null;
        foreach (var person in backUp is { } asBackUp ? (UserId[])[engineer, asBackUp] : [engineer])
        {
            if (WhyNot(person, await people.Find(person, cancel)) is { } why)
            {
                return Reply.Say(Markdown.Of($"{why} Nothing was changed."));
            }
        }

        if (backUp == engineer)
        {
            return Reply.No(
                Markdown.Of(
                    $"{engineer} can’t back themselves up: the back-up is told when whoever is on duty does not answer. Nothing was changed."
                )
            );
        }

        var takenAway = call.Get(NoBackUp) is not null;
        var set = await desk.Change(
            by,
            setup =>
            {
                // Who was not named stays, unless they are on duty themselves now.
                var other = backUp ?? (takenAway || setup.BackUp == engineer ? null : setup.BackUp);
                return (
                    setup with
                    {
                        OnDuty = engineer,
                        BackUp = other,
                    },
                    new RoutingFact.DutySet(by, engineer, other, setup.OnDuty, setup.BackUp)
                );
            },
            Told,
            cancel
        );
        var unable = Markdown.None;
        foreach (var person in set.BackUp is { } second ? (UserId[])[engineer, second] : [engineer])
        {
            var who = await Unable(person, cancel);
            unable = Markdown.Of($"{unable}{who}");
        }

        return Reply.Say(
            set.BackUp is { } beside
                ? Markdown.Of($"On duty: {engineer}, backed up by {beside}.{unable}")
                : Markdown.Of($"On duty: {engineer}, with nobody to back them up.{unable}")
        );
    }

    /// <summary>Whose part begins or ends is told once, unless they did it themselves (DLG-5).</summary>
    private static IEnumerable<Effect> Told(RoutingFact fact)
    {
        if (fact is not RoutingFact.DutySet { OnDuty: { } engineer, By: var by } set)
        {
            return [];
        }

        (UserId? To, Markdown Text)[] told =
        [
            (
                engineer == set.OnDutyBefore ? null : engineer,
                Markdown.Of(
                    $":pager: You are on duty now: {by} has put you there. I call you at once when a Sev 1 is raised, and remind you of accepted escalations that nobody owns or acknowledges. {EscalationWords.Command("team list")} shows who is on duty."
                )
            ),
            (
                set.BackUp == set.BackUpBefore ? null : set.BackUp,
                Markdown.Of(
                    $":pager: You back up {engineer}, who is on duty: {by} has put you there. I remind you when they do not answer. {EscalationWords.Command("team list")} shows who is on duty."
                )
            ),
            (
                set.OnDutyBefore,
                Markdown.Of($":pager: You are not on duty any more: {by} has put {engineer} there.")
            ),
            (
                set.BackUpBefore,
                Markdown.Of(
                    $":pager: You do not back up whoever is on duty any more: {by} has put {(set.BackUp is { } other ? Markdown.Of($"{other}") : Markdown.Of($"nobody"))} there."
                )
            ),
        ];
        // Who has a part is told of no part that ended.
        return told.Select((t, at) => (t.To, t.Text, Ends: at > 1))
            .Where(t =>
                t.To is { } to && to != by && !(t.Ends && (to == engineer || to == set.BackUp))
            )
            .DistinctBy(t => t.To)
            .Select(t => new Effect.TellPerson(t.To!.Value, t.Text)
            {
                About = "who is on duty",
                OnBehalfOf = by,
            });
    }

    /// <summary>They are called, and then may do nothing about it; nothing when they may.</summary>
    private async ValueTask<Markdown> Unable(UserId person, CancellationToken cancel) =>
        EscalationRights.Work.Allows(await roles.Of(person, cancel))
            ? Markdown.None
            : Markdown.Of(
                $" :warning: {person} has no role that may acknowledge or work on escalations. An administrator gives them one: `/{SlashCommand.Trigger} role grant {person} {Role.DeploymentEngineer.Code()}`"
            );

    /// <summary>Who can't be reminded of anything, or could do nothing about it.</summary>
    private static Markdown? WhyNot(UserId person, ChatPerson? known) =>
        known switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that id."),
            { IsBot: true } => Markdown.Of($"{person} is a bot and can’t be on duty."),
            { IsDeactivated: true } => Markdown.Of($"The account of {person} is deactivated."),
            { IsGuest: true } => Markdown.Of(
                $"{person} is a guest on this server and can’t be on duty."
            ),
            _ => null,
        };
}
