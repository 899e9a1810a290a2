using System.Security.Cryptography;

namespace Mattermost.Simulator;

/// <summary>Ids and tokens as Mattermost makes them: 26 characters of its own base32 alphabet.</summary>
internal static class Ids
{
    private const string Alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";

    public static string New()
    {
        Span<byte> random = stackalloc byte[26];
        RandomNumberGenerator.Fill(random);
        Span<char> id = stackalloc char[26];
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Alphabet[random[i] & 31];
        }

        return new string(id);
    }

    public static bool IsValid(string? id) =>
        id is { Length: 26 } && id.All(char.IsAsciiLetterOrDigit);
}
