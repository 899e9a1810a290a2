using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>A subcommand of <c>/escalate</c>. Declared once, by its <see cref="CommandSpec"/>.</summary>
public interface ISlashCommand
{
    /// <summary>How it is written, what it is for: parser, help, hint and suggestions are made of this.</summary>
    static abstract CommandSpec Spec { get; }

    /// <summary>Who may do it (ALL-3).</summary>
    static abstract Permission Permission { get; }

    /// <summary>Does it. Loads, decides, commits; whatever is slow is an effect.</summary>
    Task<Reply> Run(CommandCall call, CancellationToken cancel);
}

/// <summary>A button or menu.</summary>
/// <typeparam name="TPayload">What the button carries.</typeparam>
public interface IAction<TPayload>
    where TPayload : notnull
{
    /// <summary>Makes the buttons that start this action.</summary>
    static abstract ActionKey<TPayload> Key { get; }

    /// <summary>Who may do it (ALL-3).</summary>
    static abstract Permission Permission { get; }

    /// <summary>Somebody pressed it.</summary>
    Task<Reply> Press(ActionCall<TPayload> call, CancellationToken cancel);
}

/// <summary>A click: who and where, what the button carries, what was chosen in a menu.</summary>
/// <param name="Envelope">Who, where, when.</param>
/// <param name="Payload">What the button carries.</param>
/// <param name="Chosen">The chosen value of a menu; null for a button.</param>
public sealed record ActionCall<TPayload>(Envelope Envelope, TPayload Payload, string? Chosen)
    where TPayload : notnull
{
    /// <summary>Who was chosen in a menu of people; null when nobody was, or what came can be nobody.</summary>
    public UserId? ChosenPerson => IdForm.Fits(Chosen) ? new UserId(Chosen!) : null;
}

/// <summary>What takes the answers of a dialog.</summary>
/// <typeparam name="TState">What the dialog remembered since it was opened.</typeparam>
public interface IDialog<TState>
    where TState : notnull
{
    /// <summary>Opens the dialog.</summary>
    static abstract DialogKey<TState> Key { get; }

    /// <summary>Who may do it (ALL-3).</summary>
    static abstract Permission Permission { get; }

    /// <summary>Somebody pressed its button. Rights are checked again here: time has passed since it was opened.</summary>
    Task<SubmissionReply> Submit(Submission<TState> submission, CancellationToken cancel);
}

/// <summary>
/// A dialog whose form is filled with what is known, which others may change while it is open (M1): what was not touched
/// is saved as it is by then, and where both changed the same nothing is saved and it is said; who saves it again has seen
/// that and puts theirs in its place.
/// </summary>
/// <typeparam name="TState">What the dialog remembered since it was opened.</typeparam>
public interface IDialogUpon<TState> : IDialog<TState>
    where TState : notnull
{
    /// <summary>The form as it would be opened now; null when there is nothing to fill it with any more.</summary>
    ValueTask<DialogForm?> Now(Submission<TState> form, CancellationToken cancel);
}

/// <summary>
/// A dialog whose form depends on what is answered in it (DLG-2). Servers that can draw it anew as soon as a field with
/// <see cref="DialogField.Redraws"/> is answered; elsewhere it stays as it was opened, so that it must do as it is.
/// </summary>
/// <typeparam name="TState">What the dialog remembered since it was opened.</typeparam>
public interface IRedrawnDialog<TState> : IDialog<TState>
    where TState : notnull
{
    /// <summary>
    /// The whole form for what is answered so far, filled with it or with what is known now. What somebody wrote stays in
    /// it whatever it is filled with. Nothing is done and nothing checked: it is only being filled in, and people are as
    /// they were typed.
    /// </summary>
    ValueTask<DialogForm> Form(Submission<TState> soFar, CancellationToken cancel);
}

/// <summary>
/// The answers of a dialog. <see cref="Envelope"/> holds place and thread in which the dialog was opened, and the person
/// who answers, who is the person for whom it was opened.
/// </summary>
/// <param name="Envelope">Who, where, when.</param>
/// <param name="State">What was remembered.</param>
/// <param name="Answers">What was answered.</param>
public sealed record Submission<TState>(Envelope Envelope, TState State, FormAnswers Answers)
    where TState : notnull
{
    /// <summary>By field name; a field left empty is missing.</summary>
    public IReadOnlyDictionary<string, string> Values => Answers.Values;

    /// <summary>Whether a field holds something else than what the form was opened with.</summary>
    public bool Changed(string field) => Answers.Changed(field);

    /// <summary>Who was chosen in a field of several people.</summary>
    public ImmutableArray<UserId> People(string field) =>
        [.. FormDrawing.PeopleIn(this[field]).Distinct()];

    /// <summary>What was typed or chosen in a field, trimmed; empty when nothing was that anybody could see.</summary>
    public string this[string field] =>
        Values.TryGetValue(field, out var value) && !UnseenMarks.IsAll(value) ? value.Trim() : "";
}

/// <summary>What becomes of a dialog after its button was pressed. What was typed stays in it unless it closes.</summary>
public abstract record SubmissionReply
{
    private SubmissionReply() { }

    /// <summary>It closes without a word: only where there is nothing to say, as when the same was sent twice.</summary>
    public static DialogClosed Close { get; } = new();

    /// <summary>It closes, and whoever pressed is told what it did, where they pressed (DLG-4).</summary>
    /// <param name="said">What it did.</param>
    /// <param name="readIn">The channel in which all read it as a message of its own; null for none.</param>
    public static DialogClosed Done(Markdown said, ChannelId? readIn = null) =>
        new DialogClosed { Said = said, ReadIn = readIn };

    /// <summary>
    /// The same, but where it was opened by pressing on a post, nobody is told what that post shows by then; who pressed
    /// on one that looks as before, or typed a command elsewhere, is told.
    /// </summary>
    public static DialogClosed DoneInSight(Markdown said) =>
        new DialogClosed { Said = said, IsInSight = true };

    /// <summary>
    /// What was sent is so already. A form in which nothing was changed stays open and says so; one that was changed has
    /// been sent before, and closes.
    /// </summary>
    public static SubmissionReply Unchanged { get; } = new IsSoAlready();

    /// <summary>It stays open and says why, in plain text.</summary>
    public static SubmissionReply Keep(string why) => new Refused(why);

    /// <summary>It stays open and says why; names are shown, Markdown is not.</summary>
    public static SubmissionReply No(Refusal why) => new Turned(why.Sentence) { Because = why };

    /// <summary>The form as a whole, where a field's name would stand.</summary>
    internal const string Whole = "";

    /// <summary>
    /// It stays open: others changed meanwhile what was changed in it as well, or what the form stands upon or says
    /// without fields (<see cref="Whole"/>). Whoever replies so notes it in <see cref="SeenClashes"/>, and takes the form
    /// when it is saved again.
    /// </summary>
    /// <param name="clashes">Those fields, and what the others put there; empty when they took it away.</param>
    /// <param name="now">The form as it would be opened now.</param>
    public static SubmissionReply Meanwhile(
        IReadOnlyCollection<(string Field, string Now)> clashes,
        DialogForm now
    )
    {
        var problems = clashes
            .Where(c => c.Field != Whole)
            .ToDictionary(
                c => c.Field,
                c =>
                    c.Now.Length == 0
                        ? "While this form was open somebody emptied this. Save again to put yours in its place."
                        : $"While this form was open somebody changed this to {AsRead(c.Now, now.Fields.FirstOrDefault(f => f.Name == c.Field))}. Save again to put yours in its place.",
                StringComparer.Ordinal
            );
        return problems.Count == clashes.Count
            ? Mark(problems)
            : new Turned(
                now.Premise.IsEmpty
                    ? Markdown.Of(
                        $"While this form was open, others changed what it is about. It says now: {now.Introduction.OnOneLine().AsSentence()} Send it again if you agree."
                    )
                    : Markdown.Of(
                        $"While this form was open, something changed: {now.Premise.OnOneLine().AsSentence()} Send it again if you mean it all the same."
                    )
            )
            {
                Problems = problems,
            };
    }

    /// <summary>What others chose as people read it: an id says nothing to anybody.</summary>
    private static string AsRead(string value, DialogField? field) =>
        field?.Kind is FieldKind.Person or FieldKind.People ? "another person"
        : field?.Kind is FieldKind.Channel ? "another channel"
        : $"“{MarkdownEscaper.Shorten(field?.Options is { IsDefault: false } options && options.FirstOrDefault(o => o.Value == value) is { } option ? option.Text : value, 100)}”";

    /// <summary>It stays open and marks fields, each with a plain sentence.</summary>
    public static SubmissionReply Mark(IReadOnlyDictionary<string, string> problems) =>
        new Marked(problems);

    /// <summary>The same with one field.</summary>
    public static SubmissionReply Mark(string field, string problem) =>
        Mark(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem });

    /// <summary>See <see cref="Close"/> and <see cref="Done"/>.</summary>
    public sealed record DialogClosed : SubmissionReply
    {
        /// <summary>What it did; null for nothing to say.</summary>
        public Markdown? Said { get; init; }

        /// <summary>See <see cref="DoneInSight"/>.</summary>
        public bool IsInSight { get; init; }

        /// <summary>See <see cref="Done"/>.</summary>
        public ChannelId? ReadIn { get; init; }

        /// <summary>
        /// The form that follows it in the same window, on servers that have steps. It is another act: what was sent is
        /// done, whether the next form is filled in or not, and where it can't be shown nothing is missing.
        /// </summary>
        public Reply.Ask? Next { get; init; }

        /// <summary>The same, and this follows when it is a form.</summary>
        public DialogClosed Then(Reply next) => this with { Next = next as Reply.Ask };
    }

    /// <summary>See <see cref="Unchanged"/>.</summary>
    public sealed record IsSoAlready : SubmissionReply;

    /// <summary>See <see cref="Keep"/>.</summary>
    public sealed record Refused(string Why) : SubmissionReply;

    /// <summary>See <see cref="No"/>.</summary>
    public sealed record Turned(Markdown Why) : SubmissionReply
    {
        /// <summary>The refusal itself, for doors that tell by more than words.</summary>
        public Refusal? Because { get; init; }

        /// <summary>What is said at fields besides.</summary>
        public IReadOnlyDictionary<string, string> Problems { get; init; } =
            ImmutableDictionary<string, string>.Empty;
    }

    /// <summary>See <see cref="Mark"/>.</summary>
    public sealed record Marked(IReadOnlyDictionary<string, string> Problems) : SubmissionReply
    {
        /// <summary>What is said of the form as a whole besides.</summary>
        public string? General { get; init; }
    }
}

/// <summary>
/// Shows named posts of a feature again as they are now: a menu in which somebody chose keeps their choice until its
/// post changes, also when nothing came of it.
/// </summary>
public interface IShowsAgain
{
    /// <summary>Queues what shows the post as it is now, in a commit that loses against any newer change of it.</summary>
    /// <returns>False when it is not a post of this feature, or there is nothing to show.</returns>
    Task<bool> ShowAgain(PostName post, CancellationToken cancel);

    /// <summary>What shows the post as it is now.</summary>
    /// <returns>Null when it is not a post of this feature, or there is nothing to show.</returns>
    ValueTask<Effect.ShowCard?> Shown(PostName post, CancellationToken cancel);

    /// <summary>
    /// Queues what belongs in a channel and has not come there, since it is for people of ours only and the channel is
    /// theirs alone only now (ASG-4).
    /// </summary>
    Task ShowMissing(ChannelId channel, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>What a trigger word at the start of a message does.</summary>
public interface ITriggerWord
{
    /// <summary>The word, as in the plugin's manifest.</summary>
    static abstract string Word { get; }

    /// <summary>Who may do it (ALL-3).</summary>
    static abstract Permission Permission { get; }

    /// <summary>Somebody began a message with it.</summary>
    /// <returns>
    /// Said by the bot in the thread of that message, for everybody; <see cref="Reply.Nothing"/> says nothing.
    /// </returns>
    Task<Reply> Run(TriggerCall call, CancellationToken cancel);
}

/// <summary>A message that began with a trigger word.</summary>
/// <param name="Envelope">Who, where, when; its thread is the message.</param>
/// <param name="Text">What follows the word.</param>
public sealed record TriggerCall(Envelope Envelope, string Text);

/// <summary>What the place in which a command is typed says about a parameter that nobody wrote.</summary>
public interface IPlaceDefault
{
    /// <summary>The words that would have been typed; null when the place says nothing.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="instead">The word that stands where the parameter should; null at the end of the line.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<string?> Find(ChannelId channel, string? instead, CancellationToken cancel);
}

/// <summary>A part of the product: one folder and one line in <c>AllFeatures</c>.</summary>
public interface IFeature
{
    /// <summary>Names everything that the feature brings.</summary>
    static abstract void Register(FeatureBuilder feature);
}

/// <summary>What a reaction to one of the product's own posts does. Taking a reaction away does nothing.</summary>
public interface IReaction
{
    /// <summary>The emojis' names, without colons: <c>eyes</c>.</summary>
    static abstract ImmutableArray<string> Emojis { get; }

    /// <summary>Who may do it (ALL-3).</summary>
    static abstract Permission Permission { get; }

    /// <summary>
    /// Whether it means anything to this post as things are. Where it does not, an emoji is only an emoji, and nobody is
    /// told what they may not.
    /// </summary>
    ValueTask<bool> Concerns(ReactionCall call, CancellationToken cancel);

    /// <summary>
    /// Somebody reacted, now or while nobody listened. A reaction may be reported more than once; its
    /// <see cref="Envelope.Act"/> is the same then.
    /// </summary>
    Task React(ReactionCall call, CancellationToken cancel);
}

/// <summary>A reaction.</summary>
/// <param name="Envelope">Who, where, when.</param>
/// <param name="Post">To which of our posts; of a message with buttons, <see cref="OpenMessage.NameOf"/>.</param>
/// <param name="Emoji">Its name, without colons.</param>
public sealed record ReactionCall(Envelope Envelope, PostName Post, string Emoji);

/// <summary>
/// What is done when something falls due (ALL-5). The due time is data: it is set with <see cref="Change.Due"/> in the
/// change that causes it, and the task's own commit must move or remove it, so that it is done once.
/// </summary>
/// <remarks>
/// It moves to a time later than <see cref="DueCall.Now"/>: what was missed meanwhile is folded into this one call. A
/// task that throws, takes longer than a minute, or is still due after it ran is logged once and tried again at longer
/// intervals. Somebody may have taken care of the matter since it was read that it is due: decide by the document, not
/// by having been called.
/// </remarks>
public interface IDueTask
{
    /// <summary>The kind of due times that it answers to: <c>escalation.climb</c>. Never changes.</summary>
    static abstract string Kind { get; }

    /// <summary>
    /// It is due. What comes late (the process was down) comes with the time at which it should have been.
    /// </summary>
    Task Run(DueCall call, CancellationToken cancel);
}

/// <summary>Something that fell due.</summary>
/// <param name="Id">About what: <c>ESC-12</c>.</param>
/// <param name="DueAt">When it should be done, UTC.</param>
/// <param name="Now">When it is done, UTC; not before <paramref name="DueAt"/>.</param>
public sealed record DueCall(string Id, DateTimeOffset DueAt, DateTimeOffset Now);

/// <summary>
/// Makes a file for somebody at the moment in which it is sent to them, with <see cref="Effect.SendFile"/>. What is
/// in it may have changed since they asked for it, and so may what they may see.
/// </summary>
public interface IFileSource
{
    /// <summary>Its name in stored effects: <c>export.escalations</c>. Never changes.</summary>
    static abstract string Name { get; }

    /// <summary>
    /// Writes the content as it goes, without holding it in memory. May be called more than once for one file.
    /// </summary>
    /// <returns>Null when it is written; why not, said to the person in place of the file, when they may not have it.</returns>
    Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel);
}

/// <summary>
/// Work that takes longer than a person is kept waiting for an answer. It is queued with <see cref="Effect.Errand"/> in
/// the commit that promises it, and survives the process.
/// </summary>
public interface IErrand
{
    /// <summary>Its name in stored effects: <c>report</c>. Never changes.</summary>
    static abstract string Name { get; }

    /// <summary>
    /// Does it. It may be called again for one errand, when the process died in between: what it commits must say that
    /// it is done.
    /// </summary>
    /// <exception cref="ChatException">Mattermost did not answer; it is tried again.</exception>
    Task Run(ErrandCall call, CancellationToken cancel);
}

/// <summary>An errand whose turn has come.</summary>
/// <param name="For">For whom. What they may do may have changed since they asked.</param>
/// <param name="Argument">What was asked for.</param>
public sealed record ErrandCall(UserId For, string Argument);

/// <summary>A file to be made.</summary>
/// <param name="For">For whom: it holds what this person may see now.</param>
/// <param name="Argument">What was asked for.</param>
public sealed record FileRequest(UserId For, string Argument);
