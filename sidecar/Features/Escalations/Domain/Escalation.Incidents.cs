using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>The incident: its playbook, its channel, the executive, the watch, the retrospective (PB-1 to PB-8).</summary>
internal sealed partial record Escalation
{
    /// <summary>A playbook is followed from now on; or its channel is asked for again when it could not be opened.</summary>
    public Decision Start(Playbook playbook, ActingPerson by, DateTimeOffset now)
    {
        if (!EscalationRights.Start.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Start);
        }

        return Incident switch
        {
            { NoChannel: not null } => AskForChannelAgain(by),
            { } running => new PlaybookRuns(this, running),
            _ when State is not EscalationState.Accepted && !PossibleMoves.IsWork(State) =>
                new NotPossible(this, "follow a playbook", by.User),
            _ => new Decision.Accepted(
                this with
                {
                    Incident = Sidecar.Features.Escalations.Domain.Incident.Follow(
                        playbook,
                        by.User,
                        now
                    ),
                },
                new EscalationFact.PlaybookStarted(by.User, playbook.Name)
            ),
        };
    }

    /// <summary>What stood in the way of the incident channel is mended, as far as somebody knows.</summary>
    public Decision AskForChannelAgain(ActingPerson by) =>
        !EscalationRights.OpenChannelAgain.Allows(by, IsOf(by.User))
            ? new MayNot(EscalationRights.OpenChannelAgain)
        : Incident is not { } incident ? new NoPlaybook(this)
        : incident is { NoChannel: null } || IsOver ? new PlaybookRuns(this, incident)
        : new Decision.Accepted(this, new EscalationFact.ChannelAskedForAgain(by.User));

    /// <summary>Mattermost has opened the incident channel.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="people">Who belongs there besides those whom the escalation itself names.</param>
    /// <param name="now">When.</param>
    public Decision ChannelOpened(
        NamedChannel channel,
        IEnumerable<UserId> people,
        DateTimeOffset now
    )
    {
        if (Incident is not { } incident || incident.Channel?.Id == channel.Id)
        {
            return new NothingNew(this);
        }

        var (done, facts) = (incident with { Channel = channel, NoChannel = null })
            .Admitting(people)
            .Done(TaskTrigger.ChannelOpened, by: null, now);
        return new Decision.Accepted(
            this with
            {
                Incident = done,
            },
            [new EscalationFact.ChannelOpened(channel), .. facts]
        );
    }

    /// <summary>Its channel has another name by now.</summary>
    public Decision ChannelIs(NamedChannel now, bool isPrivate)
    {
        if (Incident is not { Channel: { } channel } incident || channel.Id != now.Id)
        {
            return new NothingNew(this);
        }

        var next = this with
        {
            Incident = incident with { Channel = now, IsOpenToAll = !isPrivate },
        };
        return channel != now
                ? new Decision.Accepted(next, new EscalationFact.ChannelRenamed(channel, now))
            : incident.IsPrivate != isPrivate ? new Decision.Accepted(next)
            : new NothingNew(this);
    }

    /// <summary>A member of its private channel lets somebody in (ALL-7).</summary>
    public Decision LetIn(UserId person, UserId by) =>
        Incident is not { Channel: not null } incident ? new NothingNew(this)
        : incident.Admitted.Contains(person) ? new LetInAlready(person)
        : new Decision.Accepted(
            this with
            {
                Incident = incident.Admitting([person]),
            },
            new EscalationFact.LetIn(by, person)
        );

    /// <summary>Who is on duty now joins its channel, where they are needed.</summary>
    public Decision Join(UserId onDuty) =>
        Incident is { Channel: not null } incident
        && NeedsWhoIsOnDuty
        && !incident.Admitted.Contains(onDuty)
            ? new Decision.Accepted(
                this with
                {
                    Incident = incident.Admitting([onDuty]),
                },
                new EscalationFact.JoinedOnDuty(onDuty)
            )
            : new NothingNew(this);

    /// <summary>Mattermost has not opened the incident channel: the incident goes on without (PB-1).</summary>
    public Decision ChannelNotOpened(Hindrance why, ImmutableArray<UserId> menders) =>
        Incident is not { Channel: null } incident
            ? new NothingNew(this)
            : new Decision.Accepted(
                this with
                {
                    Incident = incident with { NoChannel = why },
                },
                new EscalationFact.ChannelNotOpened(why, menders)
            );

    /// <summary>Mattermost has added people to the incident channel, or not.</summary>
    // The channel itself stood in the way: nobody is to be named for that.
    public Decision NobodyAdded(Hindrance why, ImmutableArray<UserId> menders) =>
        Incident is null
            ? new NothingNew(this)
            : new Decision.Accepted(
                this,
                new EscalationFact.PeopleAdded([], menders) { Hindered = why }
            );

    /// <summary>Mattermost has added people to the incident channel, or not each of them.</summary>
    public Decision PeopleAdded(
        ImmutableArray<Unadmitted> not,
        ImmutableArray<UserId> menders,
        DateTimeOffset now
    )
    {
        if (Incident is not { } incident)
        {
            return new NothingNew(this);
        }

        var fact = new EscalationFact.PeopleAdded(not, not.IsEmpty ? [] : menders);
        if (!not.IsEmpty)
        {
            return new Decision.Accepted(
                this with
                {
                    Incident = incident with
                    {
                        Missing = [.. incident.Missing.Union(not.Select(n => n.Person))],
                    },
                },
                fact
            );
        }

        if (!incident.Missing.IsEmpty)
        {
            return new NothingNew(this);
        }

        var (done, facts) = incident.Done(TaskTrigger.PeopleAdded, by: null, now);
        return facts.Count == 0
            ? new NothingNew(this)
            : new Decision.Accepted(this with { Incident = done }, [fact, .. facts]);
    }

    /// <summary>The executive is part of the replies to the customer from now on (PB-4).</summary>
    /// <param name="plan">Whether it is time.</param>
    /// <param name="executives">Who has that role.</param>
    /// <param name="menders">Who can give it to somebody.</param>
    /// <param name="now">When.</param>
    public Decision BringInExecutive(
        ReminderPlan plan,
        ImmutableArray<UserId> executives,
        ImmutableArray<UserId> menders,
        DateTimeOffset now
    )
    {
        if (plan.ExecutiveAt(this) is not { } due || due > now)
        {
            return new NothingNew(this);
        }

        var incident = Incident! with { ExecutiveSince = now };
        return new Decision.Accepted(
            this with
            {
                Incident = incident.Channel is null ? incident : incident.Admitting(executives),
            },
            new EscalationFact.ExecutiveLoopedIn(
                now - Began,
                executives,
                executives.IsEmpty ? menders : []
            )
        );
    }

    /// <summary>The fix has been watched long enough: did it hold (PB-5)?</summary>
    public Decision AskIfFixHeld(ReminderPlan plan, LadderPeople people, DateTimeOffset now) =>
        plan.WatchEndsAt(this) is { } due && due <= now
            ? new Decision.Accepted(
                this with
                {
                    Incident = Incident! with { WatchAskedAt = now },
                },
                new EscalationFact.WatchEnded(
                    now - Incident!.WatchedSince!.Value,
                    people.On(Rung.Engineer, Owner)
                )
            )
            : new NothingNew(this);

    /// <summary>The answer to <see cref="AskIfFixHeld"/>: it did.</summary>
    public Decision FixHolds(ActingPerson by, DateTimeOffset now)
    {
        if (!EscalationRights.Work.Allows(by, IsOwnedBy(by.User)))
        {
            return new MayNot(EscalationRights.Work);
        }

        if (Incident is not { WatchedSince: not null } incident)
        {
            return new NothingWatched(this);
        }

        if (incident.HeldSaidBy is { } first)
        {
            return new HeldAlready(this, first);
        }

        var (done, facts) = incident.Done(TaskTrigger.FixHeld, by.User, now);
        return new Decision.Accepted(
            ActedOn(now) with
            {
                Incident = done with { HeldSaidBy = by.User },
            },
            [new EscalationFact.FixHeld(by.User), .. facts]
        );
    }

    /// <summary>The three questions of the mini-retrospective are answered, or answered anew (PB-8).</summary>
    public Decision NoteRetrospective(
        ActingPerson by,
        string issue,
        string improvements,
        string changes,
        DateTimeOffset now
    )
    {
        if (!EscalationRights.Conclude.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Conclude);
        }

        if (Incident is not { } incident)
        {
            return new NoPlaybook(this);
        }

        if (ResolvedAt is null)
        {
            return new NotResolvedYet(this);
        }

        var said = new Retrospective(issue, improvements, changes, by.User, now);
        if (incident.Retrospective is { } before && before with { By = by.User, At = now } == said)
        {
            // Who got no answer presses the button once more; who leaves as it is what somebody wrote did not write it.
            return new NothingNew(this);
        }

        var (done, facts) = incident.Done(TaskTrigger.RetrospectiveHeld, by.User, now);
        return new Decision.Accepted(
            this with
            {
                Incident = done with { Retrospective = said },
            },
            [new EscalationFact.RetrospectiveHeld(by.User, issue, improvements, changes), .. facts]
        );
    }
}

internal sealed record PlaybookRuns(Escalation Escalation, Incident Incident)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{Escalation.Id} follows the playbook **{Incident.PlaybookName}** already: {EscalationWords.Command($"tasks {Escalation.Id}")} shows its tasks."
        )
    );

internal sealed record NoPlaybook(Escalation Escalation)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{Escalation.Id} follows no playbook. {EscalationWords.Command($"playbook start {Escalation.Id}")} starts one."
        )
    );

internal sealed record NothingWatched(Escalation Escalation)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"No fix for {Escalation.Id} is being watched: it is at *{Vocabulary.States.Label(Escalation.State)}*. {NotPossible.Instead(Escalation)}"
        )
    );

internal sealed record HeldAlready(Escalation Escalation, UserId First)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{First} was first and has said that the fix for {Escalation.Id} held."
        )
    );

internal sealed record NotResolvedYet(Escalation Escalation)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{Escalation.Id} is not resolved yet: the retrospective comes afterwards. {NotPossible.Instead(Escalation)}"
        )
    );
