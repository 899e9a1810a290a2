using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Who is told of requests, of their vetting, of engineer and end, by direct message (ASG-1 to ASG-3).</summary>
internal sealed class RequestNotices : IAssignmentPart
{
    public IEnumerable<Effect> Notices(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    ) => Of(assignment, fact, onBehalfOf);

    public static IEnumerable<Effect> Of(
        Assignment assignment,
        AssignmentFact fact,
        UserId? onBehalfOf
    )
    {
        var told = new HashSet<UserId>();
        return Notices(assignment, fact)
            // Whoever did it has read the answer; who is several things is told once, as what comes first.
            .Where(notice => (notice.ToActor || notice.To != fact.By) && told.Add(notice.To))
            .Select(notice =>
                RequestCard.Tell(
                    assignment,
                    notice.To,
                    notice.Text,
                    onBehalfOf,
                    notice.Controls
                ) with
                {
                    Asks = notice.Asks,
                }
            );
    }

    private static IEnumerable<Notice> Notices(Assignment assignment, AssignmentFact fact) =>
        fact switch
        {
            AssignmentFact.Requested requested => Requested(assignment, requested),
            AssignmentFact.Approved approved => Approved(assignment, approved),
            AssignmentFact.CapLifted lifted => Asked(
                assignment,
                lifted.Waits,
                Markdown.Of($"**{assignment.Id}**: {fact.Sentence}")
            ),
            AssignmentFact.PlaceTaken taken => PlaceTaken(assignment, taken),
            AssignmentFact.Declined declined => ToAll(
                Markdown.Of(
                    $":no_entry_sign: The request **{assignment.Id}** of an assigned engineer for {assignment.CustomerName} is declined. {fact.Sentence}"
                ),
                [assignment.RequestedBy, .. declined.Told.Select(p => (UserId?)p)]
            ),
            AssignmentFact.Withdrawn withdrawn => ToAll(
                Markdown.Of($"**{assignment.Id}** ({assignment.CustomerName}): {fact.Sentence}"),
                [assignment.RequestedBy, .. withdrawn.Told.Select(p => (UserId?)p)]
            ),
            AssignmentFact.Lapsed lapsed => ToAll(
                Markdown.Of($"**{assignment.Id}** ({assignment.CustomerName}): {fact.Sentence}"),
                [assignment.RequestedBy, .. lapsed.Leads.Select(p => (UserId?)p)]
            ),
            AssignmentFact.StartedUnrequested started =>
            [
                new Notice(
                    assignment.RequestedBy,
                    Markdown.Of(
                        $"**{assignment.Id}** is started: {RequestWords.Person(assignment.Engineer)} is the assigned support engineer of {assignment.CustomerName}. It was not vetted, and the record says so. {MissingBackUp(assignment)}"
                    )
                )
                {
                    ToActor = true,
                },
            ],
            AssignmentFact.EngineerAssigned assigned => Assigned(assignment, assigned),
            AssignmentFact.BackUpChanged changed => ToAll(
                Markdown.Of($"**{assignment.Id}** ({assignment.CustomerName}): {fact.Sentence}"),
                [
                    changed.BackUp,
                    changed.Former,
                    assignment.Engineer,
                    assignment.CustomerEngineer,
                    assignment.RequestedBy,
                ]
            ),
            AssignmentFact.HandedOver over when !assignment.IsInternal =>
            [
                new Notice(
                    over.To,
                    Markdown.Of(
                        $"You are the assigned support engineer of **{assignment.CustomerName}** (**{assignment.Id}**) now, together with the CE {assignment.CustomerEngineer}. {Telling(assignment)}"
                    ),
                    Told(assignment)
                )
                {
                    ToActor = true,
                    Asks = AssignmentQuestions.Told,
                },
            ],
            AssignmentFact.CustomerTold => ToAll(
                Markdown.Of($"**{assignment.Id}** ({assignment.CustomerName}): {fact.Sentence}"),
                [assignment.Engineer, assignment.BackUp, assignment.CustomerEngineer]
            ),
            AssignmentFact.TellingAsked => ToAll(
                    Markdown.Of(
                        $":speech_balloon: Does {assignment.CustomerName} know by now that {RequestWords.Person(assignment.Engineer)} is their assigned engineer? Strategic customers are told; nobody has recorded that they were."
                    ),
                    [assignment.Engineer, assignment.CustomerEngineer],
                    Told(assignment)
                )
                .Select(notice => notice with { Asks = AssignmentQuestions.Told }),
            AssignmentFact.EndAnnounced announced => ToAll(
                Markdown.Of(
                    $":calendar: **{assignment.Id}**: the temporary assignment to {assignment.CustomerName} ends by itself after {CalendarDay.Write(announced.Last)}."
                ),
                [.. PeopleOf(assignment), .. announced.Leads.Select(l => (UserId?)l)]
            ),
            AssignmentFact.AssignmentEnded { By: not null } => ToAll(
                Markdown.Of(
                    $"**{assignment.Id}**: the assignment to {assignment.CustomerName} is over. {fact.Sentence}"
                ),
                PeopleOf(assignment)
            ),
            AssignmentFact.EndTold ended => ToAll(
                Markdown.Of(
                    $"**{assignment.Id}**: the assignment to {assignment.CustomerName} is over: {assignment.EndedBecause}. Its place is free."
                ),
                [.. PeopleOf(assignment), .. ended.Leads.Select(l => (UserId?)l)]
            ),
            _ => [],
        };

    private static IEnumerable<Notice> Requested(
        Assignment assignment,
        AssignmentFact.Requested requested
    )
    {
        foreach (
            var notice in Asked(
                assignment,
                requested.Asked,
                Markdown.Of(
                    $":raising_hand: {requested.By ?? default} requests an assigned engineer for **{assignment.CustomerName}** (**{assignment.Id}**). It needs three approvals: {requested.Asked.Named()}."
                )
            )
        )
        {
            // A lead who asks vets as well.
            yield return notice with
            {
                ToActor = true,
            };
        }

        var missing = RequestWords.Missing(requested.Asked);
        yield return new(
            assignment.RequestedBy,
            Markdown.Lines([
                Markdown.Of(
                    $"Your request of an assigned engineer for **{assignment.CustomerName}** is **{assignment.Id}**. It needs three approvals: {requested.Asked.Named()}."
                ),
                missing,
            ])
        )
        {
            ToActor = true,
        };
        foreach (var person in missing.IsEmpty ? [] : requested.Administrators)
        {
            yield return new(
                person,
                Markdown.Lines([
                    Markdown.Of(
                        $"**{assignment.Id}**, the request of an assigned engineer for {assignment.CustomerName}, can’t be vetted yet:"
                    ),
                    missing,
                ])
            )
            {
                ToActor = true,
            };
        }
    }

    private static IEnumerable<Notice> Approved(
        Assignment assignment,
        AssignmentFact.Approved approved
    )
    {
        // The last approval is told with the place that it gives.
        if (approved.Waits.IsEmpty)
        {
            return [];
        }

        var text = Markdown.Of(
            $":white_check_mark: **{assignment.Id}** ({assignment.CustomerName}): {approved.Sentence}"
        );
        return
        [
            .. Asked(assignment, approved.Waits, text),
            .. ToAll(text, [assignment.RequestedBy]),
        ];
    }

    private static IEnumerable<Notice> PlaceTaken(
        Assignment assignment,
        AssignmentFact.PlaceTaken taken
    )
    {
        if (assignment.IsUnrequested)
        {
            yield break;
        }

        foreach (var lead in taken.Leads)
        {
            yield return new(
                lead,
                Markdown.Of(
                    $":tada: **{assignment.Id}** is approved by all. {taken.Sentence} Name the engineer of {assignment.CustomerName}:"
                ),
                AssignEngineer.Key.PeopleMenu("Assign an engineer", new RequestRef(assignment.Id))
            )
            {
                ToActor = true,
                Asks = AssignmentQuestions.Engineer,
            };
        }

        yield return new(
            assignment.RequestedBy,
            Markdown.Of(
                $":tada: **{assignment.Id}**: {assignment.CustomerName} gets an assigned engineer; all leads have approved it. {taken.Sentence} The CS lead names the engineer."
            )
        );
    }

    private static IEnumerable<Notice> Assigned(
        Assignment assignment,
        AssignmentFact.EngineerAssigned assigned
    )
    {
        var until = RequestWords.Length(assignment.EndsOn);
        yield return new(
            assigned.Engineer,
            Markdown.Of(
                $"You are the assigned support engineer of **{assignment.CustomerName}** (**{assignment.Id}**, {until}), together with the CE {assignment.CustomerEngineer}. {Telling(assignment)}"
            ),
            assignment.IsInternal ? [] : Told(assignment)
        )
        {
            ToActor = true,
            Asks = AssignmentQuestions.Told,
        };
        if (assigned.BackUp is { } backUp)
        {
            yield return new(
                backUp,
                Markdown.Of(
                    $"You are the back-up of {assigned.Engineer}, the assigned support engineer of **{assignment.CustomerName}** (**{assignment.Id}**, {until})."
                )
            )
            {
                ToActor = true,
            };
        }

        yield return new(
            assignment.CustomerEngineer,
            Markdown.Of(
                $"{assigned.Engineer} is the assigned support engineer of **{assignment.CustomerName}** (**{assignment.Id}**, {until}), and you are the CE: you check in with each other every week."
            )
        );
        yield return new(
            assignment.RequestedBy,
            Markdown.Of(
                $"{assigned.Engineer} is the assigned support engineer of **{assignment.CustomerName}** (**{assignment.Id}**, {until})."
            )
        );
    }

    /// <summary>That a strategic customer's engineer has no back-up yet, and how they get one (ASG-3).</summary>
    public static Markdown MissingBackUp(Assignment assignment) =>
        assignment is { IsInternal: false, BackUp: null }
            ? Markdown.Of(
                $"They still need a back-up: {RequestWords.Command($"backup {assignment.Id} @name")}"
            )
            : Markdown.None;

    private static Markdown Telling(Assignment assignment) =>
        assignment.IsInternal
            ? Markdown.Of($"It is internal only: the customer is never told.")
            : Markdown.Of(
                $"Tell the customer, then record it here or with {RequestWords.Command($"told {assignment.Id} whom")}."
            );

    private static IReadOnlyList<CardControl> Told(Assignment assignment) =>
        [AskWhoWasTold.Key.Button("The customer was told", new RequestRef(assignment.Id))];

    private static IEnumerable<Notice> Asked(
        Assignment assignment,
        ImmutableArray<Vetter> vetters,
        Markdown text
    ) =>
        vetters
            .SelectMany(v => v.People)
            .Distinct()
            .Select(person => new Notice(
                person,
                text,
                ApproveRequest.Key.Button(
                    "Approve",
                    new RequestRef(assignment.Id),
                    ControlStyle.Primary
                ),
                AskWhyDeclined.Key.Button(
                    "Decline",
                    new RequestRef(assignment.Id),
                    ControlStyle.Danger
                )
            )
            {
                Asks = AssignmentQuestions.Vet,
            });

    private static ImmutableArray<UserId?> PeopleOf(Assignment assignment) =>
        [
            assignment.Engineer,
            assignment.BackUp,
            assignment.CustomerEngineer,
            assignment.RequestedBy,
        ];

    private static IEnumerable<Notice> ToAll(
        Markdown text,
        ImmutableArray<UserId?> people,
        params IReadOnlyList<CardControl> controls
    ) => people.OfType<UserId>().Select(person => new Notice(person, text, controls));

    /// <param name="To">To whom.</param>
    /// <param name="Text">What is said above the card.</param>
    /// <param name="Controls">What can be done at once.</param>
    private sealed record Notice(
        UserId To,
        Markdown Text,
        params IReadOnlyList<CardControl> Controls
    )
    {
        /// <summary>Also when they did it themselves: there is something for them to do with it.</summary>
        public bool ToActor { get; init; }

        /// <summary>What its buttons ask.</summary>
        public string? Asks { get; init; }
    }
}
