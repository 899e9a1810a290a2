using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>What a user says they are doing, as the server writes it into their props: JSON as text.</summary>
internal static class CustomStatus
{
    private const string DefaultEmoji = "speech_balloon";
    private const string Never = "0001-01-01T00:00:00Z";
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(
        ServerVersion version,
        string emoji,
        string text,
        string? duration,
        DateTimeOffset? ends
    )
    {
        var named = string.IsNullOrEmpty(duration) && ends is not null ? "date_and_time" : duration;
        return JsonSerializer.Serialize(
            new Written(
                emoji.Length == 0 && version.PutsEmojiIntoCustomStatus ? DefaultEmoji : emoji,
                text,
                named ?? "",
                ends?.UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
                    CultureInfo.InvariantCulture
                ) ?? Never
            ),
            Options
        );
    }

    private sealed record Written(
        [property: JsonPropertyName("emoji")] string Emoji,
        [property: JsonPropertyName("text")] string Text,
        [property: JsonPropertyName("duration")] string Duration,
        [property: JsonPropertyName("expires_at")] string ExpiresAt
    );
}
