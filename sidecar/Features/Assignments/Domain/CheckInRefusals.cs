using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Nothing is due; nobody reads this.</summary>
internal sealed record NoCheckInDue(Assignment Assignment)
    : Refusal(Markdown.Of($"Nothing about the check-ins of {Assignment.Id} is due."));

internal sealed record NoCheckIns(Assignment Assignment)
    : Refusal(
        Assignment.State == AssignmentState.Ended
            ? Markdown.Of(
                $"{Assignment.Id} {Assignment.CustomerName} is over: there are no more check-ins."
            )
            : Markdown.Of(
                $"{Assignment.Id} {Assignment.CustomerName} has no check-ins yet: they begin when an engineer is assigned."
            )
    );

/// <summary>One answer per week: the second is told who was first.</summary>
internal sealed record CheckedInAlready(Assignment Assignment, CheckIn First, UserId By)
    : Refusal(
        Markdown.Of(
            $"{Who(First, By)} answered the check-in of {Assignment.Id} for the week of {CheckInWords.Day(First.Week)} already. {CheckInWords.Command($"checkin correct {Assignment.Customer.Value}")} shows the answers and corrects them."
        )
    )
{
    private static Markdown Who(CheckIn first, UserId by) =>
        first.By == by ? Markdown.Of($"You") : Markdown.Of($"{first.By} was first and");
}

/// <summary>A week that was answered or left out long ago: only what was missed lately is answered late.</summary>
internal sealed record TooLateToAnswer(Assignment Assignment, DateOnly Week)
    : Refusal(
        Markdown.Of(
            $"The check-in of {Assignment.Id} {Assignment.CustomerName} for the week of {CheckInWords.Day(Week)} is not answered any more: a week that was missed can be answered for two weeks after its end. {CheckInWords.Command($"checkin history {Assignment.Customer.Value}")} shows how it ended. Nothing was kept."
        )
    );

/// <summary>Only the latest answers are corrected.</summary>
internal sealed record NotTheLatestAnswers(Assignment Assignment, DateOnly Week)
    : Refusal(
        Assignment.LastCheckIn is { } last
            ? Markdown.Of(
                $"The answers of {Assignment.Id} for the week of {CheckInWords.Day(Week)} are not the latest any more, and only those can be corrected: {CheckInWords.Command($"checkin correct {Assignment.Customer.Value}")} for the week of {CheckInWords.Day(last.Week)}. Nothing was changed."
            )
            : Markdown.Of(
                $"No check-in of {Assignment.Id} {Assignment.CustomerName} was answered yet, so there is nothing to correct."
            )
    );

/// <summary>They say that already.</summary>
internal sealed record AnsweredSo(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"The answers of {Assignment.Id} {Assignment.CustomerName} say that already; nothing was changed."
        )
    );

/// <summary>The button is of a week that is settled.</summary>
internal sealed record CheckInSettled(Assignment Assignment, DateOnly Week)
    : Refusal(
        Markdown.Of(
            $"The check-in of {Assignment.Id} for the week of {CheckInWords.Day(Week)} is settled already: {How(Assignment, Week)}. {Next(Assignment)}"
        )
    )
{
    private static Markdown How(Assignment assignment, DateOnly week) =>
        assignment.LastCheckIn is { } last && last.Week == week
            ? Markdown.Of($"{last.By} answered it")
            : Markdown.Of($"it was skipped or missed");

    private static Markdown Next(Assignment assignment) =>
        assignment is { Turn: { } turn, CheckIns: { } plan }
            ? Markdown.Of($"The next one is {CheckInWords.At(turn.DueAt, plan.Zone)}.")
            : Markdown.None;
}

/// <summary>There is nothing to repeat.</summary>
internal sealed record NothingAnsweredBefore(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"No check-in of {Assignment.Id} {Assignment.CustomerName} was answered before, so there is nothing to repeat. {CheckInWords.Command($"checkin {Assignment.Customer.Value}")} opens the questions."
        )
    );

/// <summary>Somebody of leadership was first (ESC-9), or nothing was asked.</summary>
internal sealed record ServicesWeighedAlready(Assignment Assignment)
    : Refusal(
        Assignment.ServicesAnswer is { } answer
            ? Markdown.Of(
                $"{answer.By} was first: {Markdown.Typed(answer.IsServices ? "it is professional services work" : "it is not professional services work")} ({Assignment.Id} {Assignment.CustomerName}, week of {CheckInWords.Day(answer.Week)}). Nothing was changed."
            )
            : Markdown.Of(
                $"Nobody asked about professional services at {Assignment.Id} {Assignment.CustomerName}. Nothing was changed."
            )
    );

/// <summary>It does not suit both.</summary>
/// <param name="Outside">Whose hours it is outside of, and what they are.</param>
/// <param name="Fits">What would suit both, as a command.</param>
internal sealed record OutsideOfHours(Markdown Outside, Markdown Fits)
    : Refusal(Markdown.Of($"{Outside} Nothing was changed. {Fits}"));

internal sealed record CantBeMovedThere(Markdown Why)
    : Refusal(Markdown.Of($"{Why} Nothing was changed."));

internal sealed record PlannedAlready(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"The check-ins of {Assignment.Id} are already planned that way; nothing was changed."
        )
    );

internal sealed record SkipNeedsReason(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"Why? A check-in is skipped with a reason, on the record: {CheckInWords.Command($"checkin skip {Assignment.Customer.Value} on site with the customer")}"
        )
    );

/// <summary>Nobody can say whose check-in was meant.</summary>
internal sealed record NotMeant(Markdown Why) : Refusal(Why)
{
    /// <summary>Words that name no customer, where one's only check-in would be meant without them.</summary>
    public static NotMeant NoSuchCustomer(string typed, string command, Assignment only) =>
        new(
            Markdown.Of(
                $"There is no customer “{MarkdownEscaper.Shorten(typed, 80)}” with check-ins; a name of several words goes in quotes. {CheckInWords.Command($"{command} {only.Customer.Value}")} is about {only.CustomerName}."
            )
        );
}
