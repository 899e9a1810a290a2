namespace Sidecar.Interactions;

/// <summary>A subcommand of <c>/escalate</c>. Declared once, by its <see cref="CommandSpec"/>.</summary>
public interface ISlashCommand
{
    /// <summary>How it is written, what it is for: parser, help, hint and suggestions are made of this.</summary>
    static abstract CommandSpec Spec { get; }

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

    /// <summary>Somebody pressed it.</summary>
    Task<Reply> Press(ActionCall<TPayload> call, CancellationToken cancel);
}

/// <summary>A click: who and where, what the button carries, what was chosen in a menu.</summary>
/// <param name="Envelope">Who, where, when.</param>
/// <param name="Payload">What the button carries.</param>
/// <param name="Chosen">The chosen value of a menu; null for a button.</param>
public sealed record ActionCall<TPayload>(Envelope Envelope, TPayload Payload, string? Chosen)
    where TPayload : notnull;

/// <summary>What takes the answers of a dialog.</summary>
/// <typeparam name="TState">What the dialog remembered since it was opened.</typeparam>
public interface IDialog<TState>
    where TState : notnull
{
    /// <summary>Opens the dialog.</summary>
    static abstract DialogKey<TState> Key { get; }

    /// <summary>Somebody pressed its button. Rights are checked again here: time has passed since it was opened.</summary>
    Task<SubmissionReply> Submit(Submission<TState> submission, CancellationToken cancel);
}

/// <summary>
/// The answers of a dialog. <see cref="Envelope"/> holds place and thread in which the dialog was opened, and the person
/// who answers, who is the person for whom it was opened.
/// </summary>
/// <param name="Envelope">Who, where, when.</param>
/// <param name="State">What was remembered.</param>
/// <param name="Values">By field name; a field left empty is missing.</param>
public sealed record Submission<TState>(
    Envelope Envelope,
    TState State,
    IReadOnlyDictionary<string, string> Values
)
    where TState : notnull
{
    /// <summary>What was typed or chosen in a field, trimmed; empty when nothing was.</summary>
    public string this[string field] =>
        Values.TryGetValue(field, out var value) ? value.Trim() : "";
}

/// <summary>What becomes of a dialog after its button was pressed. What was typed stays in it unless it closes.</summary>
public abstract record SubmissionReply
{
    private SubmissionReply() { }

    /// <summary>It closes.</summary>
    public static SubmissionReply Close { get; } = new Done();

    /// <summary>It stays open and says why, in plain text.</summary>
    public static SubmissionReply Keep(string why) => new Refused(why);

    /// <summary>It stays open and marks fields, each with a plain sentence.</summary>
    public static SubmissionReply Mark(IReadOnlyDictionary<string, string> problems) =>
        new Marked(problems);

    /// <summary>See <see cref="Close"/>.</summary>
    public sealed record Done : SubmissionReply;

    /// <summary>See <see cref="Keep"/>.</summary>
    public sealed record Refused(string Why) : SubmissionReply;

    /// <summary>See <see cref="Mark"/>.</summary>
    public sealed record Marked(IReadOnlyDictionary<string, string> Problems) : SubmissionReply;
}

/// <summary>What a trigger word at the start of a message does.</summary>
public interface ITriggerWord
{
    /// <summary>The word, as in the plugin's manifest.</summary>
    static abstract string Word { get; }

    /// <summary>Somebody began a message with it.</summary>
    /// <returns>Said in the thread of that message, for everybody; <see cref="Reply.Nothing"/> says nothing.</returns>
    Task<Reply> Run(TriggerCall call, CancellationToken cancel);
}

/// <summary>A message that began with a trigger word.</summary>
/// <param name="Envelope">Who, where, when; its thread is the message.</param>
/// <param name="Text">What follows the word.</param>
public sealed record TriggerCall(Envelope Envelope, string Text);

/// <summary>A part of the product: one folder and one line in <c>AllFeatures</c>.</summary>
public interface IFeature
{
    /// <summary>Names everything that the feature brings.</summary>
    static abstract void Register(FeatureBuilder feature);
}
