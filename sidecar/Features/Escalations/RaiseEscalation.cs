using Sidecar.Cards;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations;

/// <summary><c>/escalate</c> with no words: the dialog (ESC-1).</summary>
internal sealed class OpenIntake : ISlashCommand
{
    public static Permission Permission => EscalationRights.Raise;

    public static CommandSpec Spec { get; } =
        new("", "Open the form for a new escalation") { Examples = [""] };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(IntakeDialog.Open(new IntakeDraft()));
}

/// <summary>
/// <c>/escalate new …</c>: raises at once when customer, severity and summary are there; otherwise the dialog asks for
/// what is missing, filled with what was typed (ESC-1).
/// </summary>
internal sealed class RaiseEscalation(EscalationBook book) : ISlashCommand
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
                "With customer, severity and summary it is raised at once. If one of them is missing, the form opens with what you typed. A customer that nobody has named before is added.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var customer = call.Get(Customer)?.Value ?? "";
        var severity =
            call.Get(EscalationArguments.LeadingSeverity)
            ?? call.Get(EscalationArguments.MaybeSeverity);
        var summary = call.Get(Summary) ?? "";
        if (
            CustomerKey.Of(customer) is null
            || customer.Length > Customers.Customer.MaxNameLength
            || severity is null
            || summary is not { Length: > 0 and <= Escalation.MaxSummaryLength }
        )
        {
            return IntakeDialog.Open(Draft(customer, severity, summary));
        }

        var escalation = await book.Raise(
            new Intake(customer, severity.Value, summary),
            call.Envelope,
            cancel
        );
        return Reply.Say(
            Words.Of(
                $"Raised as {escalation.Id} for {escalation.CustomerName}. Its card comes into this channel; should I not be allowed to post here, I tell you by direct message."
            )
        );
    }

    private static IntakeDraft Draft(string customer, Severity? severity, string summary)
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
            CustomerImpact =
                summary.Length > Escalation.MaxSummaryLength
                    ? UserText.Shorten(summary, Escalation.MaxLongTextLength)
                    : null,
            Note = Words.Lines(notes),
        };
    }

    private static Words TooLong(string what, int limit, string typed) =>
        Words.Of(
            $"{what} takes {limit} characters; yours has {typed.Length}. It is cut here{(what == "A summary" ? Words.Of($", and kept whole under *Customer impact*") : Words.None)}."
        );
}

/// <summary>Takes the answers of the form for a new escalation.</summary>
internal sealed class IntakeDialog(EscalationBook book) : IDialog<RaiseState>
{
    public static Permission Permission => EscalationRights.Raise;

    public static DialogKey<RaiseState> Key { get; } =
        new("escalation.raise", EscalationJson.Default.RaiseState);

    public static Reply Open(IntakeDraft draft) =>
        Key.Open(
            IntakeForm.With(draft),
            new RaiseState(),
            Words.Of(
                $"Raise it by command instead: {Words.Code($"/{CommandSpec.Trigger} new {Retype(draft)}")}"
            )
        );

    public async Task<SubmissionReply> Submit(
        Submission<RaiseState> submission,
        CancellationToken cancel
    )
    {
        var (intake, problems) = IntakeForm.Read(submission);
        if (intake is null)
        {
            return SubmissionReply.Mark(problems);
        }

        var escalation = await book.Raise(intake, submission.Envelope, cancel);
        return escalation.Summary == intake.Summary && escalation.Severity == intake.Severity
            ? SubmissionReply.Close
            : SubmissionReply.Keep(
                $"This form was sent already and raised {escalation.Id}; what you changed since was not taken. Open a new form for another escalation."
            );
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

/// <summary>What the form remembers: nothing yet beyond who opened it and where.</summary>
internal sealed record RaiseState;

/// <summary>A message that begins with <c>sev1!</c> raises a Sev 1: <c>sev1! acme Nobody can log in</c>.</summary>
internal sealed class RaiseByTriggerWord(EscalationBook book) : ITriggerWord
{
    public static Permission Permission => EscalationRights.Raise;

    public static string Word => "sev1!";

    public async Task<Reply> Run(TriggerCall call, CancellationToken cancel)
    {
        var line = CommandLine.Read(call.Text);
        var customer = line.Words.IsEmpty ? "" : line.Words[0].Value;
        var summary = line.From(1).Trim();
        if (CustomerKey.Of(customer) is null || summary.Length == 0)
        {
            return Reply.Say(
                Words.Of(
                    $"To raise a Sev 1, write {Words.Code($"{Word} customer what is wrong")}, or {Words.Code($"/{CommandSpec.Trigger}")} for the form."
                )
            );
        }

        var intake = new Intake(
            UserText.Shorten(customer, Customer.MaxNameLength),
            Severity.Sev1,
            UserText.Shorten(summary, Escalation.MaxSummaryLength)
        )
        {
            CustomerImpact =
                summary.Length > Escalation.MaxSummaryLength
                    ? UserText.Shorten(summary, Escalation.MaxLongTextLength)
                    : "",
        };
        var escalation = await book.Raise(intake, call.Envelope, cancel);
        return Reply.Say(Words.Of($"Raised as {escalation.Id}."));
    }
}
