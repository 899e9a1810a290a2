using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Everybody is told how it stands, and it moves by that (UPD-2).</summary>
internal sealed partial record Escalation
{
    /// <summary>
    /// Tells everybody how it stands. It moves there by the rules of its moves: whoever writes about an accepted one
    /// acknowledges it, and an update that says so resolves it.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="text">What they say.</param>
    /// <param name="next">When the next one comes.</param>
    /// <param name="places">Where it is told besides its own thread or channel.</param>
    /// <param name="now">When.</param>
    public Decision AddUpdate(
        ActingPerson by,
        UpdateText text,
        NextUpdate next,
        UpdatePlaces places,
        DateTimeOffset now
    )
    {
        if (!EscalationRights.Updates.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Updates);
        }

        if (State != EscalationState.Accepted && !PossibleMoves.IsWork(State))
        {
            return new NotPossible(this, "get a status update", by.User);
        }

        // Who may only write leaves it where it stands.
        var status = text.Status ?? (MovesByUpdate(by) ? UpdateText.StatusAt(State) : State);
        var moved = MovedTo(status, by, text, now);
        if (moved is not Decision.Accepted { Next: var there, Facts: var facts })
        {
            return moved;
        }

        var began = text.TakesBackBegan ? RaisedAt : text.BeganAt ?? Began;
        DateTimeOffset? nextAt = status == EscalationState.Resolved ? null : next.At;
        var update = new StatusUpdate(
            (LastUpdate?.Number ?? 0) + 1,
            by.User,
            now,
            status,
            now > began ? now - began : TimeSpan.Zero,
            text.Summary,
            text.CustomerImpact,
            text.Notes,
            nextAt
        )
        {
            DueAt = Update?.DueAt,
            IsNextChosen = next.IsChosen && nextAt is not null,
        };
        var posted = new EscalationFact.UpdatePosted(
            by.User,
            update,
            Incident?.Channel,
            places.Besides(Incident?.Channel),
            places.Zone
        )
        {
            BeganAt = began == Began ? null : began,
        };
        return new Decision.Accepted(
            there with
            {
                LastUpdate = update,
                ToldIn = [.. there.ToldIn.Union(posted.Broadcast)],
                BeganAt = began == RaisedAt ? null : began,
                Update = nextAt is { } at
                    ? UpdateDue.For(at) with
                    {
                        IsChosen = next.IsChosen,
                    }
                    : null,
            },
            [.. facts, posted]
        );
    }

    /// <summary>
    /// When the next update comes by what the writer of the last one chose, and everybody was told; null when that is the
    /// severity's time, or no further one was announced. Putting off an update says nothing of the one after it. While
    /// nobody has acknowledged it nobody is asked for updates, but what was announced holds all the same.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? Announced =>
        LastUpdate is not { NextAt: { } at } last ? null
        : Update is { } due ? (due.IsChosen && due.DueAt == at ? at : null)
        : State == EscalationState.Accepted && last.IsNextChosen ? at
        : null;

    /// <summary>Puts off the update that somebody was asked for.</summary>
    /// <param name="by">Who.</param>
    /// <param name="asked">When the update that they were asked for was due.</param>
    /// <param name="length">By how long, from now.</param>
    /// <param name="zone">The team's zone.</param>
    /// <param name="now">When.</param>
    public Decision SnoozeUpdate(
        ActingPerson by,
        DateTimeOffset asked,
        TimeSpan length,
        string zone,
        DateTimeOffset now
    )
    {
        if (!EscalationRights.Updates.Allows(by, IsOf(by.User)))
        {
            return new MayNot(EscalationRights.Updates);
        }

        if (Update is not { } due || due.DueAt != asked)
        {
            return new UpdateNotAsked(this);
        }

        var until = now + length;
        return new Decision.Accepted(
            ActedOn(now) with
            {
                Update = UpdateDue.For(until) with { IsChosen = true },
            },
            new EscalationFact.UpdateSnoozed(by.User, due.DueAt, until, length, zone)
        );
    }

    /// <summary>Why somebody can't hand it over with the update that they were asked for; null when they can.</summary>
    /// <param name="by">Who.</param>
    /// <param name="asked">When the update that they were asked for was due.</param>
    public Refusal? WhyNotPassedOn(ActingPerson by, DateTimeOffset asked) =>
        !EscalationRights.Assign.Allows(by, IsOwnedBy(by.User))
            ? new MayNot(EscalationRights.Assign)
        // Put off or not, somebody else can write it.
        : Update is not { } due || due.DueAt < asked ? new UpdateNotAsked(this)
        : null;

    /// <summary>The back-up, who takes it over when nobody is named; null when there is none but who has it.</summary>
    public UserId? TakesOver(UserId by, UpdatePeople people) =>
        people.Ladder.Present(people.Ladder.BackUp) is { } backUp && backUp != by && backUp != Owner
            ? backUp
            : null;

    /// <summary>Gives it to somebody, who is asked for the update at once.</summary>
    /// <param name="by">Who.</param>
    /// <param name="asked">When the update that they were asked for was due.</param>
    /// <param name="people">Who is there.</param>
    /// <param name="to">To whom; null for the back-up.</param>
    /// <param name="now">When.</param>
    public Decision PassOnUpdate(
        ActingPerson by,
        DateTimeOffset asked,
        UpdatePeople people,
        UserId? to,
        DateTimeOffset now
    ) =>
        WhyNotPassedOn(by, asked) is { } why ? why
        : (to ?? TakesOver(by.User, people)) is not { } next
            ? new NobodyToHandOverTo(this, people.Ladder.BackUp)
        : Assign(next, by, now) switch
        {
            Decision.Accepted given => given.Next.Prompt(given, next, people, now),
            var refused => refused,
        };

    /// <summary>Whether an update of somebody moves it: that takes the right to work on it, which writing does not.</summary>
    public bool MovesByUpdate(ActingPerson by) =>
        EscalationRights.Work.Allows(by, IsOwnedBy(by.User));

    private Decision MovedTo(
        EscalationState status,
        ActingPerson by,
        UpdateText text,
        DateTimeOffset now
    )
    {
        return status == State ? new Decision.Accepted(ActedOn(now))
            : status == EscalationState.Resolved ? Resolve(by, ResolutionIn(text), Work, now)
            : WorkOn(by, status, "", now);
    }

    /// <summary>
    /// What solved it, as far as an update says so. What the form held already tells of the problem: then the notes may say
    /// it, or nobody has yet.
    /// </summary>
    private string ResolutionIn(UpdateText text)
    {
        return IsNew(text.Summary, Summary, LastUpdate?.Summary) ? text.Summary
            : IsNew(text.Notes, "", LastUpdate?.Notes) ? text.Notes
            : "";

        static bool IsNew(string said, params string?[] before) =>
            !before.Any(b => b is not null && Flat(b) == Flat(said));

        static string Flat(string value) => value.ReplaceLineEndings(" ").Trim();
    }

    private Decision.Accepted Prompt(
        Decision.Accepted given,
        UserId to,
        UpdatePeople people,
        DateTimeOffset now
    )
    {
        var due = Update!;
        var at = IsUrgent ? now : people.NextAskable(to, now);
        if (at > now)
        {
            return given with
            {
                Next = this with
                {
                    Update = due with { Reminded = 0, RemindAt = at, PutOffTo = at },
                },
            };
        }

        return given with
        {
            Facts =
            [
                .. given.Facts,
                new EscalationFact.UpdateReminded(
                    due.DueAt,
                    now - due.DueAt,
                    [new ToldStep(UpdateStep.Owner, [people.Told(to)])],
                    Incident?.Channel
                ),
            ],
        };
    }
}

/// <summary>What somebody says about how an escalation stands (UPD-1).</summary>
/// <param name="Status">How it stands; null: as it stands.</param>
/// <param name="Summary">What is going on.</param>
/// <param name="CustomerImpact">What it does to the customer.</param>
/// <param name="Notes">Technical notes.</param>
/// <param name="BeganAt">When the trouble began, UTC; null: as known.</param>
internal sealed record UpdateText(
    EscalationState? Status,
    string Summary,
    string CustomerImpact,
    string Notes,
    DateTimeOffset? BeganAt
)
{
    /// <summary>Nobody knows any more when it began: it counts from when it was raised.</summary>
    public bool TakesBackBegan { get; init; }

    /// <summary>What an update can say.</summary>
    public static ImmutableArray<EscalationState> Statuses { get; } =
    [
        EscalationState.Investigating,
        EscalationState.Identified,
        EscalationState.Monitoring,
        EscalationState.Resolved,
    ];

    /// <summary>
    /// What it says when nobody chooses: whoever has it and writes about it looks into it. What nobody has acknowledged is
    /// acknowledged by nobody who only tells of it: engineers are called until somebody does (ESC-8).
    /// </summary>
    public static EscalationState StatusAt(EscalationState state) =>
        Statuses.Contains(state) || state == EscalationState.Accepted
            ? state
            : EscalationState.Investigating;
}

/// <summary>When the next update comes.</summary>
/// <param name="At">UTC; null: none does.</param>
/// <param name="IsChosen">Its writer chose the time; else it is the severity's.</param>
internal sealed record NextUpdate(DateTimeOffset? At, bool IsChosen);

/// <summary>Where updates are told besides the escalation's own thread or channel.</summary>
/// <param name="Zone">The team's zone, in which posts name their times.</param>
/// <param name="Broadcast">The channels of its severity.</param>
internal sealed record UpdatePlaces(string Zone, ImmutableArray<NamedChannel> Broadcast)
{
    public ImmutableArray<NamedChannel> Besides(NamedChannel? own) =>
        [.. Broadcast.Where(c => c.Id != own?.Id)];
}
