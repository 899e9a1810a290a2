using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments;

/// <summary>What is said about overload, and to whom.</summary>
internal static class OverloadWords
{
    /// <summary>What the channel is for, within a sentence.</summary>
    public const string ChosenFor = "engineers who have too much to do";

    private const int Quotable = 120;

    public static string Label(OverloadKind? kind) =>
        kind switch
        {
            OverloadKind.TooMuchWork => "too much work",
            OverloadKind.OutsideHours => "work outside usual hours",
            _ => "more than fits",
        };

    /// <summary>A channel that was chosen where it is has no name that we know.</summary>
    public static Words Place(NamedChannel channel) =>
        channel.Name.Length == 0
            ? Words.Of($"the internal support channel")
            : Words.Of($"{channel}");

    public static Words Knows(NamedChannel channel) =>
        channel.Name.Length == 0
            ? Words.Of($"The internal support channel")
            : Words.Of($"{channel}");

    public static Words About(Overload overload) =>
        Words.Of(
            $"{Label(overload.Kind)}, since {Times.At(overload.Since, TimeZoneInfo.Utc)}: “{UserText.Shorten(overload.Need.ReplaceLineEndings(" "), Quotable)}”"
        );

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
                Words.Of(
                    $":rotating_light: {overload.Person} needs help. Who can take something over? Please ask them."
                ),
                Card: null
            ),
        };

    /// <summary>To the CS lead, when no channel is set.</summary>
    public static Effect ToLead(Overload overload, PersonLoad load, UserId lead) =>
        new Effect.TellPerson(
            lead,
            Words.Lines([
                Whole(overload, load),
                Words.Of(
                    $"No channel is set for this; {CareWords.Command("overload channel ~channel")} sets one."
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
                Words.Of($":white_check_mark: {overload.Person} is not overloaded any more.")
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
                Words.Of(
                    $"{by} says that you are not overloaded any more. {CareWords.Command("overload what you need help with")} says that you are."
                )
            )
            {
                About = "overload",
                OnBehalfOf = by,
            };
        }
    }

    private static Words Whole(Overload overload, PersonLoad load) =>
        Words.Lines([
            Words.Of(
                $":rotating_light: {overload.Person} needs help: {Label(overload.Kind)}. Who can take something over?"
            ),
            Quoted(overload.Need),
            Words.Of($"Currently {load.Counts}."),
            load.Customers,
        ]);

    private static Words Quoted(string need) =>
        Words.Lines(
            need.ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Words.Of($"> {line}"))
        );
}
