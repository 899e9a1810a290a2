using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <content>What happens about check-ins (ASG-7 to ASG-10).</content>
[JsonDerivedType(typeof(CheckInPlanned), "checkInPlanned")]
[JsonDerivedType(typeof(CheckInPlaceChosen), "checkInPlaceChosen")]
[JsonDerivedType(typeof(CheckInAsked), "checkInAsked")]
[JsonDerivedType(typeof(CheckInDeferred), "checkInDeferred")]
[JsonDerivedType(typeof(CheckInReminded), "checkInReminded")]
[JsonDerivedType(typeof(CheckInAnswered), "checkInAnswered")]
[JsonDerivedType(typeof(CheckInCorrected), "checkInCorrected")]
[JsonDerivedType(typeof(CheckInMoved), "checkInMoved")]
[JsonDerivedType(typeof(CheckInSkipped), "checkInSkipped")]
[JsonDerivedType(typeof(CheckInMissed), "checkInMissed")]
[JsonDerivedType(typeof(MissedCheckInsTold), "missedCheckInsTold")]
[JsonDerivedType(typeof(ServicesWeighed), "servicesWeighed")]
internal abstract partial record AssignmentFact
{
    /// <summary>When they check in was proposed, or chosen by somebody.</summary>
    /// <param name="Plan">When.</param>
    /// <param name="IsCommon">It is inside the hours of both.</param>
    /// <param name="NextAt">When the next one is, UTC.</param>
    /// <param name="Readers">The pair, and in which zones they read times.</param>
    public sealed record CheckInPlanned(
        UserId? By,
        CheckInPlan Plan,
        bool IsCommon,
        DateTimeOffset NextAt,
        ImmutableArray<CheckInReader> Readers
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} planned the weekly check-in: {CheckInWords.Weekly(Plan, NextAt, Plan.Zone)}{Markdown.Typed(IsCommon ? "" : ", outside of the CE’s working hours")}."
            );
    }

    /// <summary>Where answers are posted besides was chosen; null: nowhere.</summary>
    public sealed record CheckInPlaceChosen(UserId? By, NamedChannel? Place) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} chose that answers of check-ins are posted {CheckInWords.Place(Place)}."
            );
    }

    /// <summary>It was time, and somebody was asked.</summary>
    /// <param name="Turn">This week’s.</param>
    /// <param name="Who">Who was asked, and in which zone they read times.</param>
    /// <param name="InsteadOf">Whose place the back-up takes; null when nobody’s.</param>
    public sealed record CheckInAsked(CheckInTurn Turn, CheckInReader Who, UserId? InsteadOf)
        : AssignmentFact((UserId?)null)
    {
        /// <summary>Which open Sev 1 of the customer's there was.</summary>
        public ImmutableArray<EmergencyBeside> Emergencies
        {
            get;
            init => field = value.IsDefault ? [] : value;
        } = [];

        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} asked {Who.Person} for the check-in of the week of {CheckInWords.Day(Turn.Week)}{Instead}."
            );

        private Markdown Instead =>
            InsteadOf is { } away
                ? Markdown.Of($" in place of {away}, who is out of office")
                : Markdown.None;
    }

    /// <summary>Nobody could be asked then.</summary>
    public sealed record CheckInDeferred(
        DateOnly Week,
        DateTimeOffset From,
        DateTimeOffset To,
        Markdown Why
    ) : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"The check-in of {Markdown.Typed(Times.Due(From, TimeZoneInfo.Utc))} is deferred to {Markdown.Typed(Times.Due(To, TimeZoneInfo.Utc))}: {Why}."
            );
    }

    /// <summary>It was not answered within a day, and whoever was asked was reminded, once (ASG-9).</summary>
    /// <param name="Turn">This week’s.</param>
    /// <param name="Who">Who, and in which zone they read times.</param>
    /// <param name="ClosesAt">From when on it counts as missed, UTC.</param>
    public sealed record CheckInReminded(
        CheckInTurn Turn,
        CheckInReader Who,
        DateTimeOffset ClosesAt
    ) : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} reminded {Who.Person} of the check-in of the week of {CheckInWords.Day(Turn.Week)}."
            );
    }

    /// <summary>The questions were answered.</summary>
    /// <param name="Answers">The answers, which are kept (ASG-10).</param>
    /// <param name="Leadership">Who is told that it looks like professional services (ASG-8).</param>
    public sealed record CheckInAnswered(
        UserId? By,
        CheckIn Answers,
        ImmutableArray<UserId> Leadership
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} answered the check-in of the week of {CheckInWords.Day(Answers.Week)}{Markdown.Typed(Answers.IsLate == true ? ", late" : "")}{Markdown.Typed(Answers.LooksLikeProfessionalServices ? "; something looks like professional services work" : "")}."
            );
    }

    /// <summary>Somebody put other words in the place of the latest answers.</summary>
    /// <param name="Answers">The answers as they are now.</param>
    /// <param name="Leadership">Who is told that it looks like professional services now (ASG-8).</param>
    public sealed record CheckInCorrected(
        UserId? By,
        CheckIn Answers,
        ImmutableArray<UserId> Leadership
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} corrected the answers of the check-in of the week of {CheckInWords.Day(Answers.Week)}{Markdown.Typed(Leadership.IsEmpty ? "" : "; something looks like professional services work")}."
            );
    }

    /// <summary>Somebody moved this week’s.</summary>
    /// <param name="Turn">As it is now.</param>
    /// <param name="Readers">In which zones people read times.</param>
    public sealed record CheckInMoved(
        UserId? By,
        CheckInTurn Turn,
        ImmutableArray<CheckInReader> Readers
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} moved the check-in of the week of {CheckInWords.Day(Turn.Week)} to {Markdown.Typed(Times.Due(Turn.DueAt, TimeZoneInfo.Utc))}."
            );
    }

    /// <summary>This week has none.</summary>
    /// <param name="By">Who skipped it; null when nobody could be asked.</param>
    /// <param name="Week">Its Monday.</param>
    /// <param name="Why">The reason.</param>
    public sealed record CheckInSkipped(UserId? By, DateOnly Week, Markdown Why)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} skipped the check-in of the week of {CheckInWords.Day(Week)}: {Why}"
            );
    }

    /// <summary>Nobody answered until the week was over (ASG-9).</summary>
    /// <param name="Asked">Who had been asked.</param>
    /// <param name="InARow">How many weeks in a row that makes.</param>
    public sealed record CheckInMissed(DateOnly Week, UserId Asked, int InARow)
        : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"The check-in of the week of {CheckInWords.Day(Week)} was missed: {Asked} did not answer{Markdown.Typed(InARow > 1 ? $"; {InARow} weeks in a row" : "")}."
            );
    }

    /// <summary>Weeks that were missed reached the back-up, or several in a row the CS lead (ASG-9).</summary>
    /// <param name="InARow">How many in a row.</param>
    /// <param name="Since">The first of them.</param>
    /// <param name="Leads">Which leads were told; nobody when nobody has that role.</param>
    public sealed record MissedCheckInsTold(
        int InARow,
        DateOnly Since,
        ImmutableArray<UserId> Leads
    ) : AssignmentFact((UserId?)null)
    {
        /// <summary>The back-up who was told; null when they were not.</summary>
        public UserId? BackUp { get; init; }

        public override Markdown Sentence =>
            InARow == 1
                ? Markdown.Of(
                    $"The check-in of the week of {CheckInWords.Day(Since)} is missed. Told: {Told}."
                )
                : Markdown.Of(
                    $"{InARow} check-ins in a row are missed, since the week of {CheckInWords.Day(Since)}. Told: {Told}."
                );

        private Markdown Told =>
            Leads.IsEmpty && BackUp is null
                ? Markdown.Of($"nobody, since nobody has the role of CS lead")
                : Markdown.Listed(
                    [
                        .. Leads
                            .Concat(BackUp is { } b ? [b] : [])
                            .Distinct()
                            .Select(l => Markdown.Of($"{l}")),
                    ],
                    "and"
                );
    }

    /// <summary>Leadership said whether it is professional services work (ASG-8).</summary>
    public sealed record ServicesWeighed(UserId? By, DateOnly Week, bool IsServices)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} said that what came up in the check-in of the week of {CheckInWords.Day(Week)} is {Markdown.Typed(IsServices ? "" : "not ")}professional services work."
            );
    }
}
