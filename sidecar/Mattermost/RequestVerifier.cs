using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Mattermost;

/// <summary>
/// Knows the tokens that Mattermost sends along. Total and in fixed time: how long a check takes tells nothing about how
/// much of a token was right, or which of several it was.
/// </summary>
internal sealed class RequestVerifier
{
    /// <summary>Mattermost's tokens have 26 characters; anything much shorter is a mistake in the configuration.</summary>
    public const int ShortestToken = 20;

    private readonly ImmutableArray<byte[]> _digests;

    /// <summary>A verifier for the tokens of several teams.</summary>
    /// <exception cref="ArgumentException">There is no token, or one is too short to be one.</exception>
    public RequestVerifier(IEnumerable<string> tokens)
    {
        // Digests have one length, so the comparison's time does not depend on the token's.
        _digests = [.. tokens.Select(Checked)];
        if (_digests.IsEmpty)
        {
            throw new ArgumentException(
                "There is no token, so nothing could ever be verified.",
                nameof(tokens)
            );
        }
    }

    /// <summary>True when it is one of the tokens.</summary>
    public bool Accepts(string? presented)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(presented ?? ""));
        var found = false;
        foreach (var known in _digests)
        {
            found |= CryptographicOperations.FixedTimeEquals(digest, known);
        }

        return found;
    }

    private static byte[] Checked(string token) =>
        token.Length >= ShortestToken
            ? SHA256.HashData(Encoding.UTF8.GetBytes(token))
            : throw new ArgumentException(
                "A token is empty or too short to be one of Mattermost's.",
                nameof(token)
            );
}
