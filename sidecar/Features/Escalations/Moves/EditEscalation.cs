using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// Changes what an escalation says (ESC-7): in a form filled with what it says now, or one field by command. What is of
/// another category or customer by that is routed anew, as long as nobody works on it.
/// </summary>
internal sealed class EditEscalation(
    EscalationStore book,
    CustomerStore customers,
    RoutingStore desk,
    AskedCustomers asked,
    SeenClashes clashes
) : ISlashCommand, IDialog<EditState>
{
    private static readonly Parameter<TextField?> Field = new(
        "field",
        $"[{string.Join(" | ", EscalationText.Fields.Select(f => f.Name))}]",
        ReadField
    )
    {
        IsOptional = true,
        Hint = "Which field? Leave it out for the form.",
        Words = Parameter.Of(EscalationText.Fields.Select(f => f.Name)),
    };

    private static readonly Parameter<string> Value = Arguments
        .Rest("value", "What should it say?")
        .OrNothing();

    public static Permission Permission => EscalationRights.Edit;

    public static CommandSpec Spec { get; } =
        new("edit", "Change what an escalation says", EscalationArguments.Id, Field, Value)
        {
            Examples = ["edit ESC-12", "edit ESC-12 impact high"],
            Details =
                "With the number alone, a form opens with everything in it. Changing impact or effort changes its place in the list.",
        };

    public static DialogKey<EditState> Key { get; } =
        new("escalation.edit", EditJson.Default.EditState);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (id, by) = (call.Get(EscalationArguments.Id), call.Envelope.User);
        if (call.Get(Field) is not { } field)
        {
            return await Ask(id, by, cancel);
        }

        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var typed = call.Get(Value) ?? "";
        var values = IntakeForm.Values(escalation.Text).SetItem(field.Name, typed);
        var (intake, problems) = IntakeForm.Read(values);
        if (intake is null)
        {
            return Reply.Say(
                Markdown.Of(
                    $"{Markdown.Typed(problems.Values.First())} Nothing was changed. You typed:\n{EscalationWords.Command($"edit {id} {field.Name} {typed}")}"
                )
            );
        }

        var (decision, isHandedIn) = await Edit(id, escalation.Text, intake, call.Envelope, cancel);
        return decision switch
        {
            Decision.Accepted or Decision.Refused { Why: NothingToChange } when isHandedIn =>
                Reply.Say(AskedCustomers.Told(id, intake.CustomerName)),
            Decision.Accepted { Next: var next } => Reply.Say(
                Markdown.Of(
                    $"{field.Label} of {id}: {EscalationWords.Quoted(field.Read(next.Text))}."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    /// <summary>Opens the form with what it says now.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var text = escalation.Text;
        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, now) =>
                current.Edit(
                    actor,
                    text,
                    text with
                    {
                        Links = text.Links + " ",
                    },
                    (escalation.Customer, null),
                    now
                ),
            cancel
        );
        return refusal is not null
            ? Reply.No(refusal)
            : Key.Open(
                Form(id, text),
                new EditState(id, text),
                Markdown.Of(
                    $"Change one field by command instead: {EscalationWords.Command($"edit {id} impact high")}"
                )
            );
    }

    /// <summary>All of it, whatever the severity: what a new one may leave out is here to be changed.</summary>
    private static DialogForm Form(EscalationId id, EscalationText text)
    {
        var form = IntakeForm.With(IntakeDraft.Of(text));
        return form with
        {
            Title = $"Edit {id}",
            SubmitLabel = "Save",
            Fields = [.. form.Fields.Select(f => f with { IsSpared = false, Redraws = false })],
        };
    }

    public async Task<SubmissionReply> Submit(
        Submission<EditState> submission,
        CancellationToken cancel
    )
    {
        var (intake, problems) = IntakeForm.Read(submission.Values);
        if (intake is null)
        {
            return SubmissionReply.Mark(problems);
        }

        var (id, seen) = submission.State;
        var (decision, isHandedIn) = await Edit(id, seen, intake, submission.Envelope, cancel);
        while (decision is Decision.Refused { Why: ChangedMeanwhile { Escalation: var now } why })
        {
            var unseen = await clashes.Unseen(
                submission.Envelope,
                [.. why.Clashes.Select(c => (c.Name, c.Read(now.Text)))],
                cancel
            );
            if (unseen.Count > 0)
            {
                return SubmissionReply.Meanwhile(unseen, Form(id, now.Text));
            }

            seen = why.Clashes.Aggregate(seen, (all, field) => field.Copy(now.Text, all));
            (decision, isHandedIn) = await Edit(id, seen, intake, submission.Envelope, cancel);
        }

        return decision switch
        {
            Decision.Refused { Why: NothingToChange } when isHandedIn => SubmissionReply.Done(
                AskedCustomers.Told(id, intake.CustomerName)
            ),
            Decision.Refused { Why: NothingToChange } => SubmissionReply.Unchanged,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            _ when isHandedIn => SubmissionReply.Done(
                Markdown.Of($"{id} is changed. {AskedCustomers.Told(id, intake.CustomerName)}")
            ),
            _ => SubmissionReply.DoneInSight(Markdown.Of($"{id} is changed.")),
        };
    }

    /// <summary>
    /// Changes what differs between what its writer saw and what they want. Another customer than it has is only asked
    /// for by who may not read customers: what became of it would tell them who is one (X4).
    /// </summary>
    /// <returns>What was decided, and whether the leads are asked for another customer.</returns>
    public async Task<(Decision Decision, bool IsHandedIn)> Edit(
        EscalationId id,
        EscalationText seen,
        IntakeRequest intake,
        Envelope from,
        CancellationToken cancel
    )
    {
        var isHandedIn =
            CustomerIndexes.Plain(intake.CustomerName) != CustomerIndexes.Plain(seen.Customer)
            && !await customers.MayRead(from.User, cancel);
        if (!isHandedIn)
        {
            return (await Edit(id, seen, intake, from.User, cancel), false);
        }

        var decision = await Edit(
            id,
            seen,
            intake with
            {
                CustomerName = seen.Customer,
            },
            from.User,
            cancel
        );
        if (decision is Decision.Refused { Why: not NothingToChange })
        {
            return (decision, false);
        }

        await asked.Tell(id, seen.Customer, intake.CustomerName, from.User, cancel);
        return (decision, true);
    }

    private async Task<Decision> Edit(
        EscalationId id,
        EscalationText seen,
        IntakeRequest intake,
        UserId by,
        CancellationToken cancel
    )
    {
        var wanted = intake.ToText();
        var (key, customer) = (await customers.Find(intake.CustomerName, cancel))!.Value;
        var known = RoutingStore.Known(customer);
        // A customer is named by key or name; the same one is no change.
        if (known is not null)
        {
            wanted = wanted with { Customer = known.Name };
        }

        var teams = await desk.Teams(desk.RouteOf(intake.Category, intake.Severity, known), cancel);
        return await book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                escalation.Edit(actor, seen, wanted, (key, known), now) switch
                {
                    Decision.Accepted { Next: var next } edited when IsAnother(next, escalation) =>
                        Then(
                            edited,
                            Routed(
                                next,
                                desk.RouteOf(next.Category, next.Severity, known),
                                teams,
                                now
                            )
                        ),
                    var decision => decision,
                },
            cancel
        );
    }

    private static bool IsAnother(Escalation next, Escalation before) =>
        next.Category != before.Category
        || next.Customer != before.Customer
        || next.IsUrgent != before.IsUrgent;

    /// <summary>Nobody works on it yet: it goes where it belongs. Somebody does: it says where that would be.</summary>
    private static Decision Routed(
        Escalation next,
        EscalationRoute route,
        TeamsNow teams,
        DateTimeOffset now
    ) =>
        next.IsRoutedAnew ? next.Follow(route, teams, now)
        : PossibleMoves.IsWork(next.State) ? next.Settle(route, teams)
        : new NothingNew(next);

    private static Decision Then(Decision.Accepted first, Decision second) =>
        second is Decision.Accepted also
            ? new Decision.Accepted(also.Next, [.. first.Facts, .. also.Facts])
            : first;

    private static ReadArgument<TextField?> ReadField(ArgumentSource source)
    {
        if (source.Next is not { } word)
        {
            return ReadArgument.Absent<TextField?>();
        }

        var name = BareWord.Of(word.Value).Replace('-', '_');
        // “customer impact” is a field of its own, not the customer “impact”.
        if (
            !word.IsQuoted
            && source.AfterNext is { IsQuoted: false } second
            && EscalationText.Fields.FirstOrDefault(f =>
                f.Name.Equals(
                    $"{name}_{BareWord.Of(second.Value)}",
                    StringComparison.OrdinalIgnoreCase
                )
            )
                is { } both
        )
        {
            return ReadArgument.Of<TextField?>(both, taken: 2);
        }

        return
            EscalationText.Fields.FirstOrDefault(f =>
                f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            )
                is { } field
            ? ReadArgument.Of<TextField?>(field)
            : ReadArgument.Wrong<TextField?>(
                $"“{word.Value}” is not a field of an escalation: there are {string.Join(", ", EscalationText.Fields.Select(f => $"`{f.Name}`"))}."
            );
    }
}

/// <summary>What the form remembers: which one, and what it said when it was opened.</summary>
internal sealed record EditState(EscalationId Id, EscalationText Seen);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(EditState))]
internal sealed partial class EditJson : JsonSerializerContext;
