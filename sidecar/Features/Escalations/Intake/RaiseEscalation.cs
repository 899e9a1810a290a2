using Sidecar.Cards;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary><c>/escalate</c> with no words: the dialog (ESC-1).</summary>
internal sealed class OpenIntake : ISlashCommand
{
    public static Permission Permission => EscalationRights.Raise;

    public static CommandSpec Spec { get; } =
        new("", "Open the form for a new escalation") { Examples = [""] };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(IntakeDialog.Open(new IntakeDraft(), new IntakeState()));
}

/// <summary>
/// <c>/escalate new …</c>: raises at once when customer, severity and summary are there; otherwise the dialog asks for
/// what is missing, filled with what was typed (ESC-1).
/// </summary>
internal sealed class RaiseEscalation(EscalationIntake intakes) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Customer = Arguments
        .Word(
            "customer",
            "Whose problem is it? Write the customer's name or key; quote a name of several words."
        )
        .OrNothing();

    private static readonly Parameter<string> Summary = Arguments
        .Rest("summary", "Say in a sentence what is wrong.")
        .OrNothing();

    public static Permission Permission => EscalationRights.Raise;

    public static CommandSpec Spec { get; } =
        new(
            "new",
            "Raise an escalation",
            EscalationArguments.LeadingSeverity,
            Customer,
            EscalationArguments.MaybeSeverity,
            Summary
        )
        {
            Examples = ["new acme sev1 Nobody can log in", "new \"Acme Labs\" Slow search"],
            Details =
                "With customer, severity and summary it is raised at once. If one of them is missing, the form opens with what you typed. A Sev 1 or 2 waits for nothing: a customer that nobody has added, or an open one that looks the same, is asked about on its card.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var customer = call.Get(Customer)?.Value ?? "";
        var severity =
            call.Get(EscalationArguments.LeadingSeverity)
            ?? call.Get(EscalationArguments.MaybeSeverity);
        var summary = call.Get(Summary) ?? "";
        if (severity is null && EscalationArguments.UrgentWithin(call.Line, at: 2) is { } found)
        {
            // “new Northern Bank sev1 Login is down”: what stands before the severity is the customer.
            severity = found.Severity;
            customer = call
                .Line.Text[call.Line.Words[1].Start..call.Line.Words[found.At].Start]
                .Trim();
            summary = call.Line.From(found.Behind).Trim();
        }

        if (severity <= Severity.Sev2 && IsEnoughToStart(customer, summary))
        {
            return Reply.Say(
                Told(
                    await intakes.Raise(
                        await Understand(call, customer, summary, severity.Value, cancel),
                        call.Envelope,
                        evenIfDuplicate: false,
                        cancel
                    )
                )
            );
        }

        if (
            CustomerKey.Of(customer) is null
            || customer.Length > Customers.Customer.MaxNameLength
            || severity is null
            || summary is not { Length: > 0 and <= Escalation.MaxSummaryLength }
        )
        {
            var overlong = Overlong(customer, summary);
            return overlong.Length > Escalation.MaxLongTextLength
                ? TooLong(call.Line.Text)
                : IntakeDialog.Open(
                    Draft(customer, severity, summary, overlong),
                    new IntakeState()
                );
        }

        var intake = new Intake(customer, severity.Value, summary);
        return Reply.Say(
            Told(await intakes.Raise(intake, call.Envelope, evenIfDuplicate: false, cancel))
        );
    }

    /// <summary>
    /// Something is said about what is wrong. Who named only the customer sits in front of the form, one field away from
    /// being heard; what is too long to be kept comes back whole.
    /// </summary>
    private static bool IsEnoughToStart(string customer, string summary) =>
        summary.Length > 0 && customer.Length + summary.Length <= Escalation.MaxLongTextLength;

    /// <summary>Behind the severity everything may be meant by anything; in front of it stands the customer.</summary>
    private async ValueTask<Intake> Understand(
        CommandCall call,
        string customer,
        string summary,
        Severity severity,
        CancellationToken cancel
    )
    {
        if (call.Get(EscalationArguments.LeadingSeverity) is not null)
        {
            return await intakes.Understand(
                CommandLine.Read(call.Line.From(call.Line.Words.IndexOf(call.Get(Customer)!))),
                severity,
                cancel
            );
        }

        var name = UserText.Shorten(customer, Customers.Customer.MaxNameLength);
        var overlong = Overlong(customer, summary);
        return new Intake(
            CustomerKey.Of(name) is null ? EscalationIntake.NobodyKnows : name,
            severity,
            UserText.Shorten(summary.ReplaceLineEndings(" "), Escalation.MaxSummaryLength)
        )
        {
            CustomerImpact =
                overlong.Length > 0 ? overlong
                : CustomerKey.Of(name) is null ? $"{customer} {summary}"
                : "",
        };
    }

    /// <summary>What whoever raised it is told at once.</summary>
    public static Words Told(Raising raising) =>
        raising switch
        {
            Raising.Raised raised => Told(raised),
            Raising.Asked { Existing: var existing } => Words.Of(
                $"{existing.CustomerName} has **{existing.Id}** open in the same category: {existing.Summary}\nNothing has been raised yet, and what you wrote is kept: I ask you by direct message whether to follow that one or to raise yours as well. Or write {EscalationWords.Command($"follow {existing.Id}")}."
            ),
            _ => Words.None,
        };

    public static Words Told(Raising.Raised raised) =>
        Words.Of(
            $"Raised as {raised.Escalation.Id} for {raised.Escalation.CustomerName}.{Called(raised)}{Standing(raised.Escalation)}"
        );

    private static Words Called(Raising.Raised raised) =>
        raised switch
        {
            { Called.IsEmpty: false } => Words.Of(
                $" Called now: {EscalationWords.List(raised.Called)}."
            ),
            { Escalation: { Severity: Severity.Sev1, State: EscalationState.Accepted } } =>
                Words.Of(
                    $" Nobody could be called: nobody is on duty and nobody leads. {EscalationWords.Command("duty @engineer")} names somebody."
                ),
            _ => Words.None,
        };

    private static Words Standing(Escalation raised) =>
        raised.State switch
        {
            EscalationState.Accepted
                when !raised.Suggested.IsEmpty && !raised.SuggestedToWorkersOnly => Words.Of(
                $" Nobody has added “{raised.CustomerName}”: did you mean **{raised.Suggested[0].Name}**? Say so on its card."
            ),
            EscalationState.Accepted when !raised.Missing.IsEmpty => Words.Of(
                $" It does not wait, but something is missing: {EscalationWords.Missing(raised.Missing, raised.Customer.Value)}"
            ),
            EscalationState.Accepted when raised.MaybeSameAs is { } same => Words.Of(
                $" {same} of the same customer is open; if it is the same problem, merge the two on its card."
            ),
            EscalationState.NeedsInformation => Words.Of(
                $" It waits for information: {EscalationWords.Missing(raised.Missing, raised.Customer.Value)}"
            ),
            EscalationState.Redirected => Words.Of(
                $" It was redirected to {raised.RedirectedTo!.Value.Label()}: {Words.Typed(raised.StateReason)}."
            ),
            EscalationState.AwaitingApproval => Words.Of(
                $" Product Engineering was asked to approve it; nothing starts before that."
            ),
            _ => Words.None,
        };

    /// <summary>What does not fit into its field, and is kept whole in a longer one.</summary>
    private static string Overlong(string customer, string summary)
    {
        (string Text, int Limit)[] fields =
        [
            (customer, Customers.Customer.MaxNameLength),
            (summary, Escalation.MaxSummaryLength),
        ];
        return string.Join('\n', fields.Where(f => f.Text.Length > f.Limit).Select(f => f.Text));
    }

    private static Reply TooLong(string typed) =>
        Reply.Say(
            Words.Of(
                $"A summary takes {Escalation.MaxSummaryLength} characters, and the whole form {Escalation.MaxLongTextLength}; yours has {typed.Length}. Nothing was raised: send it shorter, and put the rest into the thread. You typed:\n{EscalationWords.Command(typed.Trim())}"
            )
        );

    private static IntakeDraft Draft(
        string customer,
        Severity? severity,
        string summary,
        string overlong
    )
    {
        var notes = new List<Words>();
        if (customer.Length > Customers.Customer.MaxNameLength)
        {
            notes.Add(TooLong("A customer's name", Customers.Customer.MaxNameLength, customer));
        }

        if (summary.Length > Escalation.MaxSummaryLength)
        {
            notes.Add(TooLong("A summary", Escalation.MaxSummaryLength, summary));
        }

        if (notes.Count == 0 && customer.Length > 0 && severity is null)
        {
            notes.Add(
                Words.Of(
                    $"Which severity is it? With it in the line ({Words.Code("sev1")} to {Words.Code("sev4")}), it is raised at once."
                )
            );
        }

        return new IntakeDraft
        {
            Customer = UserText.Shorten(customer, Customers.Customer.MaxNameLength),
            Severity = severity,
            Summary = UserText.Shorten(summary, Escalation.MaxSummaryLength),
            CustomerImpact = overlong.Length > 0 ? overlong : null,
            Note = Words.Lines(notes),
        };
    }

    private static Words TooLong(string what, int limit, string typed) =>
        Words.Of(
            $"{what} takes {limit} characters; yours has {typed.Length}. It is cut here, and kept whole under *Customer impact*."
        );
}

/// <summary>Takes the answers of the form for a new escalation.</summary>
internal sealed class IntakeDialog(Store store, EscalationIntake intakes) : IDialog<IntakeState>
{
    public static Permission Permission => EscalationRights.Raise;

    public static DialogKey<IntakeState> Key { get; } =
        new("escalation.raise", EscalationJson.Default.IntakeState);

    public static Reply Open(IntakeDraft draft, IntakeState state) =>
        Key.Open(
            IntakeForm.With(draft),
            state,
            Words.Of(
                $"Raise it by command instead: {EscalationWords.Command($"new {Retype(draft)}")}"
            )
        );

    public async Task<SubmissionReply> Submit(
        Submission<IntakeState> submission,
        CancellationToken cancel
    )
    {
        var (intake, problems) = IntakeForm.Read(submission.Values);
        if (intake is null)
        {
            return SubmissionReply.Mark(problems);
        }

        var from = submission.Envelope;
        EscalationId? seen = null;
        if (
            submission.State.Draft is { } id
            && await store.Find(KeptDraft.Kind, id, cancel) is { Value: var kept }
        )
        {
            (from, seen) = (kept.Continue(from, id), kept.Seen);
        }

        var raising = await intakes.Raise(
            intake,
            from,
            evenIfDuplicate: false,
            cancel,
            seen,
            askAs: submission.Envelope.Act
        );
        return raising switch
        {
            Raising.Raised { Escalation: var raised }
                when raised.Summary != intake.Summary || raised.Severity != intake.Severity =>
                SubmissionReply.Keep(
                    $"This form was sent already and raised {raised.Id}; what you changed since was not taken. Open a new form for another escalation."
                ),
            _ => SubmissionReply.Close,
        };
    }

    private static string Retype(IntakeDraft draft)
    {
        var customer = draft.Customer is { Length: > 0 } name
            ? name.Any(char.IsWhiteSpace)
                ? $"\"{name}\""
                : name
            : "customer";
        var severity = draft.Severity is { } known ? Vocabulary.Severities.Code(known) : "sev2";
        return $"{customer} {severity} {(draft.Summary is { Length: > 0 } summary ? summary : "what is wrong")}";
    }
}

/// <summary>What the form remembers beyond who opened it and where.</summary>
/// <param name="Draft">What was kept and is continued with it.</param>
internal sealed record IntakeState(string? Draft = null);

/// <summary>
/// A message that begins with <c>sev1!</c> raises a Sev 1 whatever else it says: <c>sev1! acme Nobody can log in</c>.
/// </summary>
internal sealed class RaiseByTriggerWord(EscalationIntake intakes) : ITriggerWord
{
    public static Permission Permission => EscalationRights.Raise;

    public static string Word => "sev1!";

    public async Task<Reply> Run(TriggerCall call, CancellationToken cancel)
    {
        await intakes.Raise(
            await intakes.Understand(CommandLine.Read(call.Text), Severity.Sev1, cancel),
            call.Envelope,
            evenIfDuplicate: false,
            cancel
        );
        // Its card stands in the channel at once, and speaks for itself.
        return Reply.Nothing;
    }
}
