using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// A word with which a message begins to be heard, as <c>sev1!</c>: also in bold, in capitals, with a blank in it, more
/// exclamation marks, wide ones, or marks in front that nobody sees. Whoever types it in an outage does not look.
/// </summary>
public static class SpokenWord
{
    private const int Furthest = 24;
    private const string Decoration = "*_~>#\"“”'";

    /// <summary>The word, and what follows it.</summary>
    /// <param name="message">As it was written.</param>
    /// <param name="words">The words, in small letters.</param>
    /// <returns>Null when the message begins with none of them.</returns>
    public static (string Word, string Behind)? Read(string message, IEnumerable<string> words)
    {
        var limit = Math.Min(message.Length, Furthest);
        for (var end = 1; end <= limit; end++)
        {
            if (char.IsHighSurrogate(message[end - 1]))
            {
                // Half of a character is none.
                continue;
            }

            var said = Bare(message[..end]);
            if (!words.Any(word => word.StartsWith(said, StringComparison.Ordinal)))
            {
                return null;
            }

            if (words.FirstOrDefault(word => word == said) is { } found)
            {
                return (
                    found,
                    message[end..].TrimStart([' ', '\t', '!', '！', ':', ',', .. Decoration])
                );
            }
        }

        return null;
    }

    /// <summary>The word without what decorates it.</summary>
    public static string Bare(string word) =>
        string.Concat(
                UnseenMarks
                    .Plain(word)
                    .Where(c =>
                        !char.IsWhiteSpace(c) && !Decoration.Contains(c, StringComparison.Ordinal)
                    )
            )
            .ToLowerInvariant();
}
