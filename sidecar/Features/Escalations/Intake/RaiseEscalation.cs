using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

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
internal sealed class RaiseEscalation(EscalationIntake intakes, CustomerStore customers)
    : ISlashCommand
{
    private static readonly Parameter<CommandWord> Customer = Arguments
        .Word(
            "customer",
            "Whose problem is it? Write the customer’s name or key; quote a name of several words."
        )
        .OrNothing() with
    {
        Completes = CustomerArguments.Completed,
        TakesNames = true,
    };

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
            IsHinted = true,
            Examples = ["new acme sev1 Nobody can log in", "new \"Acme Labs\" Slow search"],
            Details =
                "With customer, severity and summary it is raised at once. If one of them is missing, the form opens with what you typed. A Sev 1 or 2 waits for nothing: a customer that nobody has added, or an open one that looks the same, is asked about on its card.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        // A form tells nobody else of it: for who may not read customers it is the same whoever is one (X4).
        var mayRead = await customers.MayRead(call.Envelope.User, cancel);
        var typed = await IntakeWords.Read(
            mayRead ? customers : null,
            call.Line,
            1,
            hasSeverity: false,
            cancel
        );
        if (typed.Problem is { } problem)
        {
            return Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was raised."));
        }

        if (
            typed is { AtName: { } name, Severity: null or > Severity.Sev2 }
            && SentenceMarks.Fits(name, call.Mentions.Users, out var person, out _)
        )
        {
            // What can wait is asked about first: a person is nobody’s customer.
            return IntakeDialog.Open(
                Draft("", typed.Severity, typed.Summary) with
                {
                    Note = Markdown.Of(
                        $"{person} is somebody of this team. Whose problem is it? Nothing has been raised yet."
                    ),
                },
                new IntakeState()
            );
        }

        if (
            typed is { Known: null, Severity: null }
            && EscalationArguments.UrgentWithin(call.Line, at: 2) is { } found
        )
        {
            // A long name of nobody known: what stands before the severity is the customer.
            typed = new IntakeLine(
                SentenceMarks.BeforeBreak(
                    call.Line.Text[call.Line.Words[1].Start..call.Line.Words[found.At].Start].Trim()
                ),
                found.Severity,
                call.Line.From(found.Behind).Trim()
            );
        }

        var (customer, severity, summary) = (typed.Customer, typed.Severity, typed.Summary);
        if (summary == "summary")
        {
            // Copied from the line that shows how it is written.
            summary = "";
        }

        if (severity <= Severity.Sev2 && IsEnoughToStart(customer, summary))
        {
            return Reply.Say(
                Told(
                    await intakes.Raise(
                        await Understand(call, typed, severity.Value, cancel),
                        call.Envelope,
                        evenIfDuplicate: false,
                        cancel
                    )
                )
            );
        }

        if (
            CustomerKey.Of(customer) is null
            || !TextLength.Fits(customer, Sidecar.Features.Customers.Domain.Customer.MaxNameLength)
            || severity is null
            || summary is not { Length: > 0 and <= Escalation.MaxSummaryLength }
        )
        {
            return Form(call.Line, customer, severity, summary);
        }

        if (!mayRead)
        {
            (customer, summary) = await Meant(call.Line, customer, summary, cancel);
        }

        if (await intakes.IsArchivedFor(customer, call.Envelope.User, cancel))
        {
            // What can wait is asked about first: most likely another customer is meant.
            return IntakeDialog.Open(
                Draft(customer, severity, summary) with
                {
                    Note = Archived(customer),
                },
                new IntakeState()
            );
        }

        var intake = new IntakeRequest(customer, severity.Value, summary);
        return Reply.Say(
            Told(await intakes.Raise(intake, call.Envelope, evenIfDuplicate: false, cancel))
        );
    }

    /// <summary>What is raised stands on the record and is posted: then a name of several words is one who is known.</summary>
    private async ValueTask<(string Customer, string Summary)> Meant(
        CommandLine line,
        string customer,
        string summary,
        CancellationToken cancel
    ) =>
        await IntakeWords.Read(customers, line, 1, hasSeverity: false, cancel)
            is { Known: not null, Severity: not null, Summary.Length: > 0 } meant
            ? (meant.Customer, meant.Summary)
            : (customer, summary);

    /// <summary>
    /// Something is said about what is wrong. Who named only the customer sits in front of the form, one field away from
    /// being heard; what is too long to be kept comes back whole.
    /// </summary>
    private static bool IsEnoughToStart(string customer, string summary) =>
        summary.Length > 0 && customer.Length + summary.Length <= Escalation.MaxLongTextLength;

    /// <summary>Behind the severity everything may be meant by anything; in front of it stands the customer.</summary>
    private async ValueTask<IntakeRequest> Understand(
        CommandCall call,
        IntakeLine typed,
        Severity severity,
        CancellationToken cancel
    )
    {
        var (customer, _, summary) = typed;
        if (typed is { Known: null, BehindSeverity: { } behind })
        {
            return await intakes.Understand(
                CommandLine.Read(call.Line.From(behind)),
                severity,
                cancel
            );
        }

        var name = MarkdownEscaper.Shorten(
            customer,
            Sidecar.Features.Customers.Domain.Customer.MaxNameLength
        );
        var overlong = Overlong(customer, summary);
        return new IntakeRequest(
            CustomerKey.Of(name) is null ? EscalationIntake.NobodyKnows : name,
            severity,
            MarkdownEscaper.Shorten(summary.ReplaceLineEndings(" "), Escalation.MaxSummaryLength)
        )
        {
            CustomerImpact =
                overlong.Length > 0 ? overlong
                : CustomerKey.Of(name) is null ? $"{customer} {summary}"
                : "",
        };
    }

    /// <summary>What whoever raised it is told at once.</summary>
    public static Markdown Told(Raising raising) =>
        raising switch
        {
            Raising.Raised raised => Told(raised),
            Raising.QuestionAsked { Existing: var existing } => Markdown.Of(
                $"{existing.CustomerName} has **{existing.Id}** open in the same category: {existing.Summary}\nNothing has been raised yet, and what you wrote is kept: I will ask you by direct message whether to follow that one or to raise yours as well. Or write {EscalationWords.Command($"follow {existing.Id}")}."
            ),
            _ => Markdown.None,
        };

    public static Markdown Told(Raising.Raised raised) =>
        Markdown.Of(
            $"Raised as {raised.Escalation.Id} for {raised.Escalation.CustomerName}.{raised.Where}{(raised.IsForArchived ? Markdown.Of($" {Archived(raised.Escalation.CustomerName)}") : Markdown.None)}{Called(raised)}{Standing(raised.Escalation)}"
        );

    private static Markdown Archived(string customer) =>
        Markdown.Of(
            $"{customer} is archived: if they are a customer again, {Markdown.Code("/escalate customer unarchive")} brings them back; if another one is meant, name that one."
        );

    private static Markdown Called(Raising.Raised raised) =>
        raised switch
        {
            { Called.IsEmpty: false } => Markdown.Of(
                $" Called now: {EscalationWords.List(raised.Called)}."
            ),
            { Escalation: { Severity: Severity.Sev1, State: EscalationState.Accepted } } =>
                Markdown.Of(
                    $" Nobody could be called: nobody is on duty and there is no lead. {EscalationWords.Command("duty @name")} names somebody."
                ),
            _ => Markdown.None,
        };

    private static Markdown Standing(Escalation raised) =>
        raised.State switch
        {
            EscalationState.Accepted
            or EscalationState.NeedsInformation
                when !raised.Suggested.IsEmpty && !raised.SuggestedToWorkersOnly => Markdown.Of(
                $" {Markdown.Typed(raised.State == EscalationState.Accepted ? "Nobody" : "It waits for information: nobody")} has added “{raised.CustomerName}”: did you mean **{raised.Suggested[0].Name}**? Say so on its card."
            ),
            EscalationState.Accepted when !raised.Missing.IsEmpty => Markdown.Of(
                $" It does not wait, but something is missing: {EscalationWords.Missing(raised.Missing, raised.Customer.Value)}"
            ),
            EscalationState.Accepted when raised.MaybeSameAs is { } same => Markdown.Of(
                $" {same} of the same customer is open; if it is the same problem, merge the two on its card."
            ),
            EscalationState.NeedsInformation => Markdown.Of(
                $" It waits for information: {EscalationWords.Missing(raised.Missing, raised.Customer.Value)}"
            ),
            EscalationState.Redirected => Markdown.Of(
                $" It was redirected to {raised.RedirectedTo!.Value.Label()}: {Markdown.Typed(raised.StateReason)}."
            ),
            EscalationState.AwaitingApproval => Markdown.Of(
                $" Product Engineering was asked to approve it; nothing starts before that."
            ),
            _ => Markdown.None,
        };

    /// <summary>What does not fit into its field, and is kept whole in a longer one.</summary>
    private static string Overlong(string customer, string summary)
    {
        (string Text, int Limit)[] fields =
        [
            (customer, Sidecar.Features.Customers.Domain.Customer.MaxNameLength),
            (summary, Escalation.MaxSummaryLength),
        ];
        return string.Join('\n', fields.Where(f => f.Text.Length > f.Limit).Select(f => f.Text));
    }

    private static Reply TooLong(string typed) =>
        Reply.Say(
            Markdown.Of(
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
        var overlong = MarkdownEscaper.Shorten(
            Overlong(customer, summary),
            Escalation.MaxLongTextLength
        );
        var notes = new List<Markdown>();
        if (!TextLength.Fits(customer, Sidecar.Features.Customers.Domain.Customer.MaxNameLength))
        {
            notes.Add(
                TooLong(
                    "A customer's name",
                    Sidecar.Features.Customers.Domain.Customer.MaxNameLength,
                    customer
                )
            );
        }

        if (!TextLength.Fits(summary, Escalation.MaxSummaryLength))
        {
            notes.Add(TooLong("A summary", Escalation.MaxSummaryLength, summary));
        }

        if (notes.Count == 0 && customer.Length > 0 && severity is null)
        {
            notes.Add(
                Markdown.Of(
                    $"Which severity is it? With it in the line ({Markdown.Code("sev1")} to {Markdown.Code("sev4")}), it is raised at once."
                )
            );
        }

        return new IntakeDraft
        {
            Customer = MarkdownEscaper.Shorten(
                customer,
                Sidecar.Features.Customers.Domain.Customer.MaxNameLength
            ),
            Severity = severity,
            Summary = MarkdownEscaper.Shorten(summary, Escalation.MaxSummaryLength),
            CustomerImpact = overlong.Length > 0 ? overlong : null,
            Note = Markdown.Lines(notes),
        };
    }

    private static Markdown TooLong(string what, int limit, string typed) =>
        Markdown.Of(
            $"{what} takes {limit} characters; yours has {TextLength.Told(typed, limit)}. It is cut here, and kept whole under *Customer impact*."
        );
}

/// <summary>Takes the answers of the form for a new escalation.</summary>
internal sealed class IntakeDialog(Store store, EscalationIntake intakes, IntakeNotes notes)
    : IRedrawnDialog<IntakeState>
{
    public static Permission Permission => EscalationRights.Raise;

    public static DialogKey<IntakeState> Key { get; } =
        new("escalation.raise", IntakeJson.Default.IntakeState);

    public static Reply Open(IntakeDraft draft, IntakeState state) =>
        Key.Open(
            IntakeForm.With(draft),
            state,
            Markdown.Of(
                $"Raise it by command instead: {EscalationWords.Command($"new {Retype(draft)}")}"
            )
        );

    public async ValueTask<DialogForm> Form(Submission<IntakeState> soFar, CancellationToken cancel)
    {
        var (customer, known) = await notes.Of(
            Vocabulary.Severities.Read(soFar[IntakeForm.Severity]),
            Vocabulary.Categories.Read(soFar[IntakeForm.Category]) ?? Vocabulary.DefaultCategory,
            soFar[IntakeForm.Customer],
            soFar.Envelope.User,
            cancel
        );
        Markdown[] above =
        [
            soFar.State.IsFromPrivate == true ? IntakeNotes.ReadByMany : Markdown.None,
            known,
        ];
        return IntakeForm.For(soFar, customer, Markdown.Lines(above.Where(line => !line.IsEmpty)));
    }

    public async Task<SubmissionReply> Submit(
        Submission<IntakeState> submission,
        CancellationToken cancel
    )
    {
        var (read, problems) = IntakeForm.Read(submission.Values);
        if (read is null)
        {
            return SubmissionReply.Mark(problems);
        }

        var intake = IntakeForm.IsLinkAlone(submission) ? WithoutText(submission, read) : read;

        var from = submission.Envelope;
        EscalationId? seen = null;
        if (
            submission.State.Draft is { } id
            && await store.Find(KeptDraft.Kind, id, cancel) is { Value: var kept }
        )
        {
            (from, seen) = (kept.Continue(from, id), kept.Seen);
        }

        // What can wait is asked about in the form itself, before anything else: a form that closes has done something.
        var shown = await intakes.ShowOpen(intake, from, seen, submission.Envelope.Act, cancel);
        if (shown is { IsNew: true, Existing: { } open })
        {
            return SubmissionReply.No(new SameIsOpen(open));
        }

        var raising = await intakes.Raise(
            intake,
            from,
            evenIfDuplicate: false,
            cancel,
            shown?.Existing.Id ?? seen,
            askAs: submission.Envelope.Act
        );
        if (raising is Raising.Raised && submission.State.Draft is { } draft)
        {
            await intakes.SettleQuestions(draft, raising, cancel);
        }

        return raising switch
        {
            Raising.Raised { Escalation: var raised }
                when await intakes.RaisedOther(intake, from, cancel) => SubmissionReply.No(
                new RaisedAlready(raised.Id)
            ),
            _ => SubmissionReply.DoneInSight(RaiseEscalation.Told(raising)),
        };
    }

    /// <summary>What nobody wrote themselves is the text of the message, which stays where it was said.</summary>
    private static IntakeRequest WithoutText(Submission<IntakeState> form, IntakeRequest read) =>
        read with
        {
            Summary = form.Changed(IntakeForm.Summary) ? read.Summary : IntakeForm.InsteadOfText,
            CustomerImpact = form.Changed(IntakeForm.CustomerImpact) ? read.CustomerImpact : "",
        };

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
/// <param name="IsFromPrivate">The message that is escalated was not written in a public channel.</param>
internal sealed record IntakeState(string? Draft = null, bool? IsFromPrivate = null);

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
