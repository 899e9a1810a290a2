using System.IO.Compression;
using System.Text.Json;

namespace Sidecar.Mattermost;

/// <summary>
/// The bytes of an answer, whatever its headers say about them. Mattermost's JSON is UTF-8 and not compressed unless
/// somebody asks; proxies relabel and compress it all the same.
/// </summary>
/// <param name="Bytes">What arrived, unpacked; what there is of it when it broke off.</param>
/// <param name="Flaw">Why it is not all; null when it is.</param>
internal sealed record AnswerBody(ReadOnlyMemory<byte> Bytes, string? Flaw)
{
    /// <summary>More than the thousand posts of one question can have.</summary>
    private const int Largest = 128 * 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>It is JSON, of whatever shape.</summary>
    public bool IsJson
    {
        get
        {
            try
            {
                using var json = JsonDocument.Parse(Bytes);
                return Flaw is null;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    /// <summary>Reads it. Never throws for what comes over the network, only when it is given up.</summary>
    public static async Task<AnswerBody> Read(HttpContent content, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        string? flaw = null;
        try
        {
            await using var from = Unpacked(content, await content.ReadAsStreamAsync(cancel));
            flaw = await Fill(kept, from, cancel);
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            flaw = NetworkReason.Of(broken);
        }

        ReadOnlyMemory<byte> bytes = kept.ToArray();
        return new AnswerBody(
            bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes,
            flaw
        );
    }

    private static async Task<string?> Fill(
        MemoryStream kept,
        Stream from,
        CancellationToken cancel
    )
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (kept.Length + read > Largest)
            {
                return "larger than any answer of Mattermost's";
            }

            kept.Write(buffer, 0, read);
        }

        return null;
    }

    private static Stream Unpacked(HttpContent content, Stream from)
    {
        foreach (
            var coding in content
                .Headers.NonValidated.Where(h =>
                    h.Key.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)
                )
                .SelectMany(h => h.Value)
                .SelectMany(v => v.Split(','))
                .Reverse()
        )
        {
            from = coding.Trim().ToUpperInvariant() switch
            {
                "GZIP" or "X-GZIP" => new GZipStream(from, CompressionMode.Decompress),
                "DEFLATE" => new ZLibStream(from, CompressionMode.Decompress),
                "BR" => new BrotliStream(from, CompressionMode.Decompress),
                _ => from,
            };
        }

        return from;
    }
}
