using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.People;

/// <summary>By what the product sees that somebody is away.</summary>
public sealed record PeopleSettings : ISettings<PeopleSettings>
{
    private const int Longest = 60;

    /// <inheritdoc/>
    public static string Section => "people";

    /// <inheritdoc/>
    public static JsonTypeInfo<PeopleSettings> Json => PeopleSettingsJson.Default.PeopleSettings;

    /// <inheritdoc/>
    public static string Title => "Who is away";

    /// <inheritdoc/>
    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "awayWords",
            "Words that mean away",
            "Anybody whose custom status has one of these words counts as out of office."
        ),
        new(
            "awayEmojis",
            "Emojis that mean away",
            "Anybody whose custom status has one of these emojis counts as out of office; names without colons."
        ),
    ];

    /// <summary>Whose custom status has one of these words is out of office; in any case, as whole words.</summary>
    public IReadOnlyList<string> AwayWords { get; init; } =
    ["out of office", "ooo", "vacation", "on leave", "holiday", "sick"];

    /// <summary>Anybody whose custom status has one of these emojis counts as out of office; names without colons.</summary>
    public IReadOnlyList<string> AwayEmojis { get; init; } = ["palm_tree", "face_with_thermometer"];

    /// <inheritdoc/>
    public IEnumerable<SettingProblem> Problems()
    {
        foreach (
            var word in AwayWords.Where(w => !w.Any(char.IsLetterOrDigit) || w.Length > Longest)
        )
        {
            yield return new SettingProblem(
                "awayWords",
                $"“{word}” is not a word that a status could have; write 1 to {Longest} characters with a letter among them"
            );
        }

        foreach (var emoji in AwayEmojis.Where(e => !IsName(e)))
        {
            yield return new SettingProblem(
                "awayEmojis",
                $"“{emoji}” is not the name of an emoji; write it as Mattermost does between the colons, such as palm_tree"
            );
        }
    }

    /// <summary>A custom status says that somebody is out of office.</summary>
    public bool SaysAway(string text, string emoji) =>
        AwayEmojis.Contains(emoji, StringComparer.OrdinalIgnoreCase)
        || AwayWords.Any(word => Has(text, word.Trim()));

    private static bool Has(string text, string word)
    {
        for (
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + word.Length;
            if (
                (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end]))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsName(string emoji) =>
        emoji.Length is > 0 and <= 64
        && emoji.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+');
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(PeopleSettings))]
internal sealed partial class PeopleSettingsJson : JsonSerializerContext;
