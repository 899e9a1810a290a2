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
internal sealed class RaiseEscalation(EscalationIntake intakes, CustomerBook customers)
    : ISlashCommand
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
            Synonyms = ["raise", "create"],
            Examples = ["new acme sev1 Nobody can log in", "new \"Acme Labs\" Slow search"],
            Details =
                "With customer, severity and summary it is raised at once. If one of them is missing, the form opens with what you typed. For a customer that nobody has added yet, it waits until they are.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = await IntakeWords.Read(customers, call.Line, 1, hasSeverity: false, cancel);
        if (typed.Problem is { } problem)
        {
            return Reply.No(Words.Of($"{Words.Sentence(problem)} Nothing was raised."));
        }

        var (customer, severity, summary) = (typed.Customer, typed.Severity, typed.Summary);
        if (summary == "summary")
        {
            // Copied from the line that shows how it is written.
            summary = "";
        }

        if (
            CustomerKey.Of(customer) is null
            || customer.Length > Customers.Customer.MaxNameLength
            || severity is null
            || summary is not { Length: > 0 and <= Escalation.MaxSummaryLength }
        )
        {
            return Form(call.Line, customer, severity, summary);
        }

        var intake = new Intake(customer, severity.Value, summary);
        return Reply.Say(
            Told(await intakes.Raise(intake, call.Envelope, evenIfDuplicate: false, cancel))
        );
    }

    /// <summary>What whoever raised it is told at once.</summary>
    public static Words Told(Raising raising) =>
        raising switch
        {
            Raising.Raised { Escalation: var raised } => Told(raised),
            Raising.Asked { Existing: var existing } => Words.Of(
                $"{existing.CustomerName} has **{existing.Id}** open in the same category: {existing.Summary}\nNothing has been raised yet, and what you wrote is kept: I ask you by direct message whether to follow that one or to raise yours as well. Or write {EscalationWords.Command($"follow {existing.Id}")}."
            ),
            _ => Words.None,
        };

    public static Words Told(Escalation raised) =>
        Words.Of(
            $"Raised as {raised.Id} for {raised.CustomerName}. Its card comes into this channel; should I not be allowed to post here, I tell you by direct message.{Standing(raised)}"
        );

    private static Words Standing(Escalation raised) =>
        raised.State switch
        {
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

    /// <summary>The form with what was typed in it, or that it is more than the form takes.</summary>
    public static Reply Form(
        CommandLine line,
        string customer,
        Severity? severity,
        string summary
    ) =>
        Overlong(customer, summary).Length > Escalation.MaxLongTextLength
            ? TooLong(line.Text)
            : IntakeDialog.Open(Draft(customer, severity, summary), new IntakeState());

    private static IntakeDraft Draft(string customer, Severity? severity, string summary)
    {
        var overlong = UserText.Shorten(Overlong(customer, summary), Escalation.MaxLongTextLength);
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

/// <summary>A message that begins with <c>sev1!</c> raises a Sev 1: <c>sev1! acme Nobody can log in</c>.</summary>
internal sealed class RaiseByTriggerWord(EscalationIntake intakes, CustomerBook customers)
    : ITriggerWord
{
    public static Permission Permission => EscalationRights.Raise;

    public static string Word => "sev1!";

    public async Task<Reply> Run(TriggerCall call, CancellationToken cancel)
    {
        var line = CommandLine.Read(call.Text);
        var typed = await IntakeWords.Read(customers, line, 0, hasSeverity: true, cancel);
        var (customer, summary) = (typed.Customer, typed.Summary);
        var draft = new IntakeDraft
        {
            Customer = UserText.Shorten(customer, Customer.MaxNameLength),
            Severity = Severity.Sev1,
            Summary = UserText.Shorten(summary, Escalation.MaxSummaryLength),
            CustomerImpact =
                summary.Length > Escalation.MaxSummaryLength
                    ? UserText.Shorten(summary, Escalation.MaxLongTextLength)
                    : "",
        };
        if (draft.ToIntake() is not { } intake)
        {
            await intakes.Keep(draft, call.Envelope, id => Form(call.Envelope, id), cancel);
            return Reply.Nothing;
        }

        return Reply.Say(
            await intakes.Raise(intake, call.Envelope, evenIfDuplicate: false, cancel) switch
            {
                Raising.Asked { Existing: var existing } => Words.Of(
                    $"{existing.CustomerName} has **{existing.Id}** open in the same category. {call.Envelope.User}, I ask you by direct message whether to raise yours as well."
                ),
                Raising.Raised { Escalation: var raised } => Words.Of($"Raised as {raised.Id}."),
                _ => Words.None,
            }
        );
    }

    private static Effect.Say Form(Envelope from, DraftRef draft) =>
        new(
            from.Channel,
            from.Thread,
            Words.Of(
                $"To raise a Sev 1 in one line, write {Words.Code($"{Word} customer what is wrong")}. Or open the form:"
            ),
            new Card(Words.Of($"New escalation"), Tone.Danger)
            {
                Controls = [OpenDraft.Key.Button("Open the form", draft, ControlStyle.Primary)],
            }
        )
        {
            About = "a new escalation",
            OnBehalfOf = from.User,
        };
}
