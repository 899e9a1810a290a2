using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>What an assignment keeps (ASG-6).</content>
internal sealed partial record Assignment
{
    /// <summary>So many meetings and documents are on the record; all are in the timeline.</summary>
    public const int MostKept = 20;

    /// <summary>Somebody of its own: engineer, back-up, CE.</summary>
    public bool HasPart(UserId person) =>
        Engineer == person || BackUp == person || CustomerEngineer == person;

    /// <summary>Where the emulation of the customer's environment is; empty for none.</summary>
    public Decision KeepEnvironment(ActingPerson by, string link)
    {
        if (RefusingToKeep(by) is { } why)
        {
            return why;
        }

        return Environment == link
            ? ReviewProblem.Of(
                link.Length == 0
                    ? $"{Id} has no emulation of the customer’s environment."
                    : $"{Id} has this address for the emulation of the environment already."
            )
            : new Decision.Accepted(
                this with
                {
                    Environment = link,
                },
                new AssignmentFact.EnvironmentSet(by.User, Environment, link)
            );
    }

    /// <summary>A meeting with the customer, held or to come.</summary>
    public Decision KeepMeeting(ActingPerson by, DateOnly on, string about)
    {
        if (RefusingToKeep(by) is { } why)
        {
            return why;
        }

        var meeting = new CustomerMeeting(on, about, by.User);
        // Form and command may both be sent twice; two meetings about the same on one day are one.
        return Meetings.Any(m => m.On == on && m.About == about)
            ? ReviewProblem.Of($"{Id} has this meeting already.")
            : new Decision.Accepted(
                this with
                {
                    Meetings =
                    [
                        .. Meetings.Insert(0, meeting).OrderByDescending(m => m.On).Take(MostKept),
                    ],
                },
                new AssignmentFact.MeetingNoted(by.User, on, about)
            );
    }

    /// <summary>A technical design document was updated. One with the same address is the same document.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="link">Its address.</param>
    /// <param name="title">Its title; empty for the one that it has.</param>
    /// <param name="on">When it was updated.</param>
    /// <param name="today">Where that person is.</param>
    public Decision KeepDocument(
        ActingPerson by,
        string link,
        string title,
        DateOnly on,
        DateOnly today
    )
    {
        if (RefusingToKeep(by) is { } why)
        {
            return why;
        }

        var before = Documents.FirstOrDefault(d => d.Link == link);
        title = title.Length == 0 ? before?.Title ?? "" : title;
        if (title.Length == 0)
        {
            return ReviewProblem.Of(
                "What is the document called? Write its title after the address."
            );
        }

        if (on > today)
        {
            return ReviewProblem.Of("A document can’t have been updated on a day that is to come.");
        }

        if (before is not null && before.Title == title && before.UpdatedOn == on)
        {
            return ReviewProblem.Of($"{Id} has this update of the document already.");
        }

        var document = new DesignDocument(title, link, on, by.User);
        return new Decision.Accepted(
            this with
            {
                Documents =
                [
                    .. Documents
                        .Where(d => d.Link != link)
                        .Prepend(document)
                        .OrderByDescending(d => d.UpdatedOn)
                        .Take(MostKept),
                ],
            },
            new AssignmentFact.DocumentUpdated(by.User, title, link, on, IsNew: before is null)
        );
    }

    /// <summary>The customer's documentation is current: what an expedite hand-over needs (ASG-12).</summary>
    public bool IsDocumented(AssignmentSettings settings, DateOnly today) =>
        Documents.Any(d => d.UpdatedOn >= today.AddDays(-settings.DocumentsCurrentDays));

    private Refusal? RefusingToKeep(ActingPerson by) =>
        !ReviewRights.Keep.Allows(by, HasPart(by.User)) ? new MayNot(ReviewRights.Keep)
        : !HasPlace ? new NotUnderWay(this)
        : null;
}
