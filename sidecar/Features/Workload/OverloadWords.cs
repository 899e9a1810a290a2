using Sidecar.Chat;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Availability;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Workload;

/// <summary>What is said about overload, and to whom.</summary>
internal static class OverloadWords
{
    /// <summary>What the channel is for, within a sentence.</summary>
    public const string ChosenFor = "engineers who have too much to do";

    /// <summary>A channel that was chosen where it is has no name that we know.</summary>
    public static Markdown Place(NamedChannel channel) =>
        channel.Name.Length == 0
            ? Markdown.Of($"the internal support channel")
            : Markdown.Of($"{channel}");

    public static Markdown Knows(NamedChannel channel) =>
        channel.Name.Length == 0
            ? Markdown.Of($"The internal support channel")
            : Markdown.Of($"{channel}");

    /// <summary>
    /// The post for the internal channel. Where others could read, it says that somebody needs help and nothing else: no
    /// counts, no word of what was typed, and no hint that there is more (ASG-4).
    /// </summary>
    public static Effect InChannel(Overload overload, PersonLoad load, NamedChannel channel) =>
        new Effect.Say(channel.Id, Thread: null, Whole(overload, load).Quiet())
        {
            About = "overload",
            ChosenFor = ChosenFor,
            OnBehalfOf = overload.Person,
            IsInternal = true,
            Outside = new OutsideVersion(
                Markdown.Of(
                    $":rotating_light: {overload.Person} needs help. Who can take something over? Please ask them."
                ),
                Card: null
            ),
        };

    /// <summary>To the CS lead, when no channel is set.</summary>
    public static Effect ToLead(Overload overload, PersonLoad load, UserId lead) =>
        new Effect.TellPerson(
            lead,
            Markdown.Lines([
                Whole(overload, load),
                Markdown.Of(
                    $"No channel is set for this; {ReviewWords.Command("overload channel ~channel")} sets one."
                ),
            ])
        )
        {
            About = "overload",
            OnBehalfOf = overload.Person,
            IsInternal = true,
        };

    public static IEnumerable<Effect> Over(Overload overload, UserId by, NamedChannel? channel)
    {
        if (channel is { } place)
        {
            yield return new Effect.Say(
                place.Id,
                Thread: null,
                Markdown.Of($":white_check_mark: {overload.Person} is not overloaded any more.")
            )
            {
                About = "overload",
                ChosenFor = ChosenFor,
                OnBehalfOf = by,
            };
        }

        if (by != overload.Person)
        {
            yield return new Effect.TellPerson(
                overload.Person,
                Markdown.Of(
                    $"{by} says that you are not overloaded any more. {ReviewWords.Command("overload what you need help with")} says that you are."
                )
            )
            {
                About = "overload",
                OnBehalfOf = by,
            };
        }
    }

    private static Markdown Whole(Overload overload, PersonLoad load) =>
        Markdown.Lines([
            Markdown.Of(
                $":rotating_light: {overload.Person} needs help: {Overload.Label(overload.Kind)}. Who can take something over?"
            ),
            Quoted(overload.Need),
            Markdown.Of($"Currently {load.Counts}."),
            load.Customers,
        ]);

    private static Markdown Quoted(string need) =>
        Markdown.Lines(
            need.ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Markdown.Of($"> {line}"))
        );
}
