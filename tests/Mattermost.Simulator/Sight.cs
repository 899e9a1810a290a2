namespace Mattermost.Simulator;

/// <summary>Where somebody looks: at a channel or direct message, or at a thread that is open beside it.</summary>
public enum Place
{
    Channel,
    DirectMessage,
    Thread,
}

/// <summary>What is on a screen.</summary>
/// <param name="Place">Where the person did what they did.</param>
/// <param name="ChannelId">The channel or direct message in the middle of the screen.</param>
/// <param name="ThreadId">The root of the thread that is open beside it; empty when none is.</param>
public sealed record View(Place Place, string ChannelId, string ThreadId);

/// <summary>
/// What somebody saw after they did something: what came onto the screen where they looked, up to when it is asked
/// for or until they did the next thing. What was sent to them and shown elsewhere, in a thread that is closed for
/// instance, they did not see: that is in <see cref="Missed"/>.
/// </summary>
public sealed class Sight
{
    private readonly World world;
    private readonly IReadOnlyList<Post> ephemerals;
    private readonly string trigger;
    private readonly long began;
    private long? ended;

    internal Sight(World world, View from, long began, Sent sent)
    {
        this.world = world;
        this.began = began;
        From = from;
        ephemerals = sent.Ephemerals;
        trigger = sent.Error is null ? sent.Body.Str("trigger_id") ?? "" : "";
        Error = sent.Error?.Message ?? "";
    }

    /// <summary>Where they looked.</summary>
    public View From { get; }

    /// <summary>What Mattermost itself said in place of an answer, or empty.</summary>
    public string Error { get; }

    /// <summary>The posts “only visible to you” that were on the screen.</summary>
    public IReadOnlyList<Post> Ephemerals => [.. ephemerals.Where(IsShown)];

    /// <summary>The posts “only visible to you” that came and were not on the screen: nobody read them.</summary>
    public IReadOnlyList<Post> Missed => [.. ephemerals.Where(e => !IsShown(e))];

    /// <summary>The form that opened because of it, or null.</summary>
    public OpenedDialog? Form => world.Dialogs.OpenedWith(trigger);

    /// <summary>The posts that came or look otherwise now, where the person looked; each as it was last, the oldest change first.</summary>
    public IReadOnlyList<Post> Posts =>
        [
            .. world
                .Appearances.Between(began, ended ?? long.MaxValue)
                .Where(p => p.DeleteAt == 0 && IsShown(p)),
        ];

    /// <summary>
    /// What was said to this person alone: Mattermost's error, or the posts “only visible to you” and the text of a
    /// form without fields. Empty when nothing was, or when it was said where they did not look.
    /// </summary>
    public string Said =>
        Error.Length > 0
            ? Error
            : Joined([
                .. Ephemerals.Select(e => e.Message),
                Form is { Elements.Count: 0 } question ? question.IntroductionText : "",
            ]);

    /// <summary>All that could be read: what was said, the form that opened, and the posts that came or changed.</summary>
    public string Text =>
        Joined([
            Error,
            .. Ephemerals.Select(PostText.Of),
            Form is { } form ? FormText(form) : "",
            .. Posts.Select(PostText.Of),
        ]);

    /// <summary>Nothing happened on the screen: to this person it did not work.</summary>
    public bool Nothing => Text.Length == 0;

    public override string ToString() => Text.Length > 0 ? Text : "(nothing)";

    internal void End() => ended ??= world.Appearances.Last;

    private bool IsShown(Post post) => Person.IsShown(world, From, post);

    private static string FormText(OpenedDialog form) =>
        Joined([form.Title, form.IntroductionText, .. form.Elements.Select(e => e.DisplayName)]);

    private static string Joined(IEnumerable<string> texts) =>
        string.Join('\n', texts.Where(t => t.Length > 0));
}
