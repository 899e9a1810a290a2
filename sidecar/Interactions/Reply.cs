using System.Text.Json.Nodes;
using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>What the person who typed or clicked gets back at once. What others see is an effect, never a reply.</summary>
public abstract record Reply
{
    private Reply() { }

    /// <summary>Nothing is shown: what happened is visible elsewhere.</summary>
    public static Reply Nothing { get; } = new Silence();

    /// <summary>Text that only this person sees.</summary>
    public static Reply Say(Markdown text) => new Whisper(text);

    /// <summary>
    /// It is done, and whoever pressed sees that where they pressed: their card or message changes. The words are for
    /// whoever typed a command, and for threads.
    /// </summary>
    public static Reply Done(Markdown text) => new Whisper(text) { IsShown = true };

    /// <summary>The same, and the message whose button was pressed is settled by it: it says so and loses its buttons.</summary>
    public static Reply Settled(Markdown text) =>
        new Whisper(text) { IsShown = true, SettlesMessage = true };

    /// <summary>A refusal, said to this person only.</summary>
    public static Reply No(Refusal refusal) =>
        new Whisper(refusal.Sentence) { IsRefusal = true, Because = refusal };

    /// <summary>It can’t be done as it was typed, told to that person alone.</summary>
    public static Reply No(Markdown why) => new Whisper(why) { IsRefusal = true };

    /// <summary>See <see cref="Nothing"/>.</summary>
    public sealed record Silence : Reply;

    /// <summary>See <see cref="Say"/>.</summary>
    public sealed record Whisper(Markdown Text) : Reply
    {
        /// <summary>Nothing was done: what was typed is given back, so that it is not lost (ALL-2).</summary>
        public bool IsRefusal { get; init; }

        /// <summary>Why it was refused, for doors that tell by more than words; null when only words say it.</summary>
        public Refusal? Because { get; init; }

        /// <summary>The card or message from which it was done shows it, too: see <see cref="Done"/>.</summary>
        public bool IsShown { get; init; }

        /// <summary>No form can be opened with it: it is said as it can be.</summary>
        public bool IsLastResort { get; init; }

        /// <summary>See <see cref="Reply.Settled"/>.</summary>
        public bool SettlesMessage { get; init; }

        /// <summary>What the person may want to do next, as a button below the text; null when nothing is at hand.</summary>
        public CardControl? Next { get; init; }
    }

    /// <summary>A dialog to be opened for this person. Made by <see cref="DialogKey{TState}.Open"/>.</summary>
    /// <param name="Form">What is asked.</param>
    /// <param name="Dialog">The dialog that takes the answers.</param>
    /// <param name="State">What it must remember until then, as JSON.</param>
    /// <param name="ValidFor">How long answers are taken.</param>
    /// <param name="Otherwise">Said when the dialog can't be opened: how to do the same without it.</param>
    public sealed record Ask(
        DialogForm Form,
        string Dialog,
        string State,
        TimeSpan ValidFor,
        Markdown Otherwise
    ) : Reply;

    /// <summary>Data for the product's own browser plugin; a person sees nothing.</summary>
    public sealed record PanelData(JsonObject Props) : Reply;
}
