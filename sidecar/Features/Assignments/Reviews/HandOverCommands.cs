using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Reviews;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What somebody wants of a hand-over.</summary>
internal abstract record HandOverWish
{
    public sealed record Ask(string Reason, string Note) : HandOverWish;

    public sealed record Successor(UserId To, bool Anyway) : HandOverWish;

    public sealed record TakeItOver : HandOverWish;

    public sealed record TurnDown(string Why) : HandOverWish;

    public sealed record CallOff : HandOverWish;
}

/// <summary><c>/escalate engineer handover</c>: somebody else becomes the engineer (ASG-12).</summary>
internal sealed class HandOverAssignment(
    AssignmentFinder desk,
    HandOverUseCase handOvers,
    AskHandOver form,
    ChooseHandOver choice
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> One = ReviewArguments.One.OrNothing();

    private const string Hint =
        "Why? Write `stagnating`, `other issue types` or `other`, and a note after it; the CS lead writes `to @name`.";

    private static readonly Parameter<HandOverWish> Wish = new(
        "what",
        "[stagnating | other issue types | other] [note] · to @engineer · accept · decline · cancel",
        Read
    )
    {
        IsOptional = true,
        IsText = true,
        Hint = Hint,
    };

    public static Permission Permission => ReviewRights.AnyHandOver;

    public static CommandSpec Spec { get; } =
        new("engineer handover", "Hand an assignment over", One, Wish)
        {
            Examples =
            [
                "engineer handover",
                "engineer handover ASG-3",
                "engineer handover acme stagnating Two years are enough",
                "engineer handover ASG-3 to @engineer",
                "engineer handover ASG-3 accept",
                "engineer handover ASG-3 cancel",
            ],
            Details =
                "The engineer asks for it; the CS lead names the new one, who accepts or declines. Current documentation makes it quick.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        if (call.Get(One) is not { } typed)
        {
            return await choice.Of(by, cancel) is [var only]
                ? await form.Ask(only, by, cancel)
                : ChooseHandOver.Ask();
        }

        var (found, why) = await desk.Find(call, typed, cancel);
        if (found is null)
        {
            return why!;
        }

        return call.Get(Wish) switch
        {
            null => await form.Ask(found, by, cancel),
            HandOverWish.Successor(var to, var anyway) => await handOvers.Name(
                found.Id,
                to,
                by,
                anyway,
                cancel
            ),
            HandOverWish.TakeItOver => await handOvers.Accept(
                new HandOverRef(found.Id, null),
                by,
                cancel
            ),
            HandOverWish.TurnDown(var reason) => Said(
                await handOvers.Decline(new HandOverRef(found.Id, null), reason, by, cancel),
                a => Markdown.Of($"You declined {ReviewWords.Named(a)}; the CS lead is told.")
            ),
            HandOverWish.CallOff => Said(
                await handOvers.Drop(found.Id, by, cancel),
                a => Markdown.Of($"{ReviewWords.Named(a)} stays with {a.Engineer ?? default}.")
            ),
            HandOverWish.Ask(var reason, var note) => await AskFor(
                found.Id,
                reason,
                note,
                by,
                cancel
            ),
            _ => Reply.Nothing,
        };
    }

    private async Task<Reply> AskFor(
        AssignmentId id,
        string reason,
        string note,
        UserId by,
        CancellationToken cancel
    )
    {
        var (decision, answer) = await handOvers.AskFor(id, reason, note, by, cancel);
        return Said(decision, _ => answer);
    }

    private static Reply Said(Decision decision, Func<Assignment, Markdown> answer) =>
        decision switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(answer(next)),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };

    private static ReadArgument<HandOverWish> Read(ArgumentSource source)
    {
        if (source.Next is not { } word)
        {
            return ReadArgument.Absent<HandOverWish>();
        }

        var all = source.Line.Words.Length - source.At;
        var rest = source.Line.From(source.At + 1).Trim();
        switch (word.IsQuoted ? "" : word.Value.ToLowerInvariant())
        {
            case "to":
                return ReadPerson(source, all);
            case "accept" when all == 1:
                return ReadArgument.Of<HandOverWish>(new HandOverWish.TakeItOver());
            case "cancel" when all == 1:
                return ReadArgument.Of<HandOverWish>(new HandOverWish.CallOff());
            case "decline":
                return ReadArgument.Of<HandOverWish>(new HandOverWish.TurnDown(rest), all);
        }

        var text = source.Line.From(source.At);
        return HandOverReasons.AtFront(text) is { } reason
            ? ReadArgument.Of<HandOverWish>(new HandOverWish.Ask(reason.Reason, reason.Note), all)
            : ReadArgument.Wrong<HandOverWish>(
                $"“{MarkdownEscaper.Shorten(text, 40)}” is not a reason. {Hint}"
            );
    }

    private static ReadArgument<HandOverWish> ReadPerson(ArgumentSource source, int all)
    {
        var person = Arguments.User("engineer", "").Reader(source with { At = source.At + 1 });
        if (person.Taken == 0)
        {
            return ReadArgument.Wrong<HandOverWish>(
                person.Problem ?? "To whom? Write the at-name, as in `to @name`."
            );
        }

        var anyway = all > 2 && source.Line.Words[source.At + 2].Says("anyway");
        return ReadArgument.Of<HandOverWish>(
            new HandOverWish.Successor(person.Value, anyway),
            anyway ? 3 : 2
        );
    }
}

/// <summary>The form for whoever asks for a hand-over, and the button that opens it.</summary>
internal sealed class AskHandOver(AssignmentFinder desk, HandOverUseCase handOvers)
    : IAction<HandOverRef>,
        IDialog<HandOverRef>
{
    public const string ReasonField = "reason";
    public const string NoteField = "note";

    public static Permission Permission => ReviewRights.AnyHandOver;

    public static ActionKey<HandOverRef> Key { get; } =
        new("assignment.hand-over.ask", ReviewJson.Default.HandOverRef);

    static DialogKey<HandOverRef> IDialog<HandOverRef>.Key => FormKey;

    private static DialogKey<HandOverRef> FormKey { get; } =
        new("assignment.hand-over.form", ReviewJson.Default.HandOverRef);

    public async Task<Reply> Press(ActionCall<HandOverRef> call, CancellationToken cancel) =>
        await desk.Book.Find(call.Payload.Id, cancel) is { Value: var found }
            ? await Ask(found, call.Envelope.User, cancel)
            : Reply.No(new NoSuchAssignment(call.Payload.Id));

    public async Task<Reply> Ask(Assignment assignment, UserId by, CancellationToken cancel) =>
        await desk.Book.WouldRefuse(
            assignment,
            by,
            (a, actor, now) =>
                a.AskForHandOver(
                    actor,
                    HandOverReasons.Other,
                    "",
                    new HandOverOutlook([], [], Markdown.None),
                    now
                ),
            cancel
        )
            is { } why
            ? Reply.No(why)
            : FormKey.Open(
                Form(assignment),
                new HandOverRef(assignment.Id, null),
                Markdown.Of(
                    $"Write it as a command instead: {ReviewWords.Command($"engineer handover {assignment.Id} stagnating")}"
                )
            );

    public async Task<SubmissionReply> Submit(
        Submission<HandOverRef> form,
        CancellationToken cancel
    )
    {
        var reason = form[ReasonField];
        if (!HandOverReasons.IsOne(reason))
        {
            return SubmissionReply.Mark(
                ImmutableDictionary<string, string>.Empty.Add(ReasonField, "Choose one of them.")
            );
        }

        var (decision, answer) = await handOvers.AskFor(
            form.State.Id,
            reason,
            form[NoteField],
            form.Envelope.User,
            cancel
        );
        return decision is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.Done(answer);
    }

    /// <summary>What is asked of whichever is handed over.</summary>
    public static ImmutableArray<DialogField> Fields { get; } =
    [
        new DialogField(ReasonField, "Why?", FieldKind.Choice)
        {
            Options = HandOverReasons.Options,
        },
        new DialogField(NoteField, "Note", FieldKind.LongText)
        {
            Optional = true,
            MaxLength = Assignment.MaxTextLength,
            Help = "The CS lead reads it, and it stays on the record.",
        },
    ];

    private static DialogForm Form(Assignment assignment) =>
        new($"Hand over {assignment.Id}", Fields)
        {
            Introduction = Markdown.Of(
                $"{ReviewWords.Named(assignment)}: the CS lead names somebody, who accepts or declines. Until then {assignment.Engineer ?? default} stays."
            ),
            SubmitLabel = "Ask for it",
        };
}
