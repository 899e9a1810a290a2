using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary><c>/escalate engineer request</c>: asks for an assigned engineer for a customer, by form (ASG-1).</summary>
internal sealed class RequestEngineer(
    AssignmentIntake intake,
    RequestReading reading,
    CustomerStore customers,
    CapacityStore places,
    RequestNotes notes
) : ISlashCommand, IRedrawnDialog<NewRequest>
{
    private static readonly Parameter<CommandWord> Customer = CustomerArguments.Whole.OrNothing();

    public static Permission Permission => RequestRights.Request;

    public static CommandSpec Spec { get; } =
        new("engineer request", "Request an assigned support engineer for a customer", Customer)
        {
            Examples = ["engineer request acme", "engineer request"],
            Details =
                "Opens a form. CS lead, CE lead and sales lead each approve or decline it by direct message, and you are told either way.",
        };

    public static DialogKey<NewRequest> Key { get; } =
        new("assignment.request", RequestJson.Default.NewRequest);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(Customer);
        if (!await customers.MayRead(call.Envelope.User, cancel))
        {
            // The form is the same whoever is meant, and whether there is such a customer at all (X4).
            return Key.Open(
                RequestForm.Request(typed?.Value ?? "", null),
                new NewRequest(""),
                Markdown.Of($"Type {RequestWords.Command("request customer")} to be asked again.")
            );
        }

        var known = typed is null ? null : await customers.Known(typed.Value, cancel);
        if (typed is not null && known is null)
        {
            return await CustomerArguments.Unknown(customers, call, typed, cancel);
        }

        var mayMark = await customers.MayWrite(call.Envelope.User, cancel);
        if (known is not null && RequestForm.Hopeless(known, mayMark) is { } why)
        {
            return Reply.No(Markdown.Sentence(why));
        }

        return known is not null && await places.OpenOf(known.Key, cancel) is { } open
            ? Reply.No(new HasOne(open))
            : Key.Open(
                RequestForm.Request("", known, mayMark: mayMark),
                new NewRequest(known?.Key.Value ?? ""),
                Markdown.Of($"Type {RequestWords.Command("request customer")} to be asked again.")
            );
    }

    public async ValueTask<DialogForm> Form(Submission<NewRequest> soFar, CancellationToken cancel)
    {
        var (known, above, mayMark) = await notes.Of(soFar, cancel);
        return RequestForm.Request(
            soFar[RequestForm.Customer],
            known,
            above,
            soFar.Changed(RequestForm.Kind) ? soFar[RequestForm.Kind] : null,
            mayMark
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<NewRequest> submission,
        CancellationToken cancel
    )
    {
        var mayRead =
            submission.Envelope.IsFromProgram
            || await customers.MayRead(submission.Envelope.User, cancel);
        var (draft, problems) = await reading.Read(submission, cancel);
        if (!mayRead)
        {
            return await HandIn(submission, draft, problems, cancel);
        }

        if (draft is null)
        {
            return SubmissionReply.Mark(problems);
        }

        return await intake.Request(draft, submission.Envelope, cancel) switch
        {
            Decision.Refused { Why: HasOne one } => HasOneAt(one),
            var decision => decision.Settled(next =>
                Markdown.Of(
                    $"**{next.Id}** for {next.CustomerName} is requested; you will hear the decision by direct message.{RequestReading.NewEngineer(submission, draft)}"
                )
            ),
        };
    }

    /// <summary>
    /// Whoever may not read customers is told what is wrong with their own words, and nothing about the customer: what
    /// stands against it is told to the CS leads, who answer them (X4).
    /// </summary>
    private async Task<SubmissionReply> HandIn(
        Submission<NewRequest> submission,
        AssignmentDraft? draft,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var why = problems.GetValueOrDefault(RequestForm.Customer);
        problems.Remove(RequestForm.Customer);
        if (RequestReading.IsChosen(submission))
        {
            why ??= problems.GetValueOrDefault(RequestForm.Kind);
            problems.Remove(RequestForm.Kind);
        }

        if (submission[RequestForm.Customer].Length == 0)
        {
            problems[RequestForm.Customer] = "Which customer? Write the name.";
        }

        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        if (
            draft is not null
            && await intake.Request(draft, submission.Envelope, cancel)
                is Decision.Refused { Why: var refused }
        )
        {
            why = refused.Sentence.Show(id => id.Value);
        }

        if (why is not null)
        {
            await intake.TellLeads(
                submission.Envelope,
                Markdown.Of(
                    $":raising_hand: {submission.Envelope.User} asks for an assigned engineer for “{submission[RequestForm.Customer]}”: {submission[RequestForm.Why]} Nothing was requested: {Markdown.Sentence(why)} They were not told that; answer them."
                ),
                cancel
            );
        }

        return SubmissionReply.Done(
            Markdown.Of(
                $"Your request for “{submission[RequestForm.Customer]}” is handed in; you will hear by direct message what becomes of it."
            )
        );
    }

    /// <summary>The customer's field says it, and the rest of the form stays.</summary>
    internal static SubmissionReply HasOneAt(HasOne one) =>
        SubmissionReply.Mark(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [RequestForm.Customer] = one.Plain,
            }
        );
}

/// <summary><c>/escalate engineer start</c>: CS leadership starts one that nobody requested (ASG-1).</summary>
internal sealed class StartAssignment(
    AssignmentIntake intake,
    RequestReading reading,
    CustomerStore customers,
    CapacityStore places,
    RequestNotes notes
) : ISlashCommand, IRedrawnDialog<NewRequest>
{
    private static readonly Parameter<CommandWord> Customer = CustomerArguments.Whole.OrNothing();

    public static Permission Permission => RequestRights.Start;

    public static CommandSpec Spec { get; } =
        new("engineer start", "Start an assignment that nobody requested", Customer)
        {
            Examples = ["engineer start acme", "engineer start"],
            Details =
                "Opens a form. For the CS lead: it skips the vetting, which stays on the record.",
        };

    public static DialogKey<NewRequest> Key { get; } =
        new("assignment.start", RequestJson.Default.NewRequest);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        if (call.Get(Customer) is not { } typed)
        {
            return Key.Open(
                RequestForm.Start("", null, await places.Places(cancel)),
                new NewRequest(""),
                Markdown.Of($"Type {RequestWords.Command("start customer")} to be asked again.")
            );
        }

        if (await customers.Known(typed.Value, cancel) is not { } known)
        {
            return await CustomerArguments.Unknown(customers, call, typed, cancel);
        }

        var mayMark = await customers.MayWrite(call.Envelope.User, cancel);
        if (RequestForm.Hopeless(known, mayMark) is { } why)
        {
            return Reply.No(Markdown.Sentence(why));
        }

        return await places.OpenOf(known.Key, cancel) is { } open
            ? Reply.No(new HasOne(open))
            : Key.Open(
                RequestForm.Start("", known, await places.Places(cancel), mayMark: mayMark),
                new NewRequest(known.Key.Value),
                Markdown.Of($"Type {RequestWords.Command($"start {known.Key}")} to be asked again.")
            );
    }

    public async ValueTask<DialogForm> Form(Submission<NewRequest> soFar, CancellationToken cancel)
    {
        var (known, above, mayMark) = await notes.Of(soFar, cancel);
        return RequestForm.Start(
            soFar[RequestForm.Customer],
            known,
            await places.Places(cancel),
            above,
            soFar.Changed(RequestForm.Kind) ? soFar[RequestForm.Kind] : null,
            mayMark
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<NewRequest> submission,
        CancellationToken cancel
    )
    {
        var (draft, problems) = await reading.Read(submission, cancel);
        var named = await reading.ReadEngineer(submission, problems, cancel);
        if (draft is null || named is null || problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        return await intake.Start(draft, named, submission.Envelope, cancel) switch
        {
            Decision.Refused { Why: HasOne one } => RequestEngineer.HasOneAt(one),
            var decision => decision.Settled(next =>
                Markdown.Of(
                    $"**{next.Id}** for {next.CustomerName} is started.{RequestReading.NewEngineer(submission, draft)}"
                )
            ),
        };
    }
}
