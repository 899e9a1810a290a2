using System.Security.Cryptography;
using System.Text;
using Sidecar.Features.Tokens;
using Sidecar.Storage;

namespace Sidecar.Api;

/// <summary>
/// Requests that are sent again, because nobody knows whether the first one arrived: under one key one thing is done, and
/// the answer is the same.
/// </summary>
internal sealed class IdempotencyKeys(Store store)
{
    public const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>After this a request counts as lost: the process died while it was being worked on.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(1);

    /// <summary>Whether it can be a key: visible characters of ASCII.</summary>
    public static bool IsOne(string key) =>
        key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and < '\x7f');

    /// <summary>Names the act that a request is, whoever delivers it.</summary>
    public static string ActOf(ApiToken token, string key) =>
        $"api:{token.Id}:{Digest(Encoding.UTF8.GetBytes(key))}";

    public static string Digest(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));

    /// <summary>Begins a request.</summary>
    /// <returns>What it was answered before, or why it is not done now; both null: go on.</returns>
    public async Task<(KeptAnswer? Answered, ApiProblem? Problem)> Begin(
        string act,
        string request,
        string actor,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var read = await store.Find(KeptAnswer.Kind, act, cancel);
            if (read is { Value: var before })
            {
                if (before.Request != request)
                {
                    return (null, ApiProblem.OtherRequest);
                }

                if (before.Status is not null)
                {
                    return (before, null);
                }

                if (now - before.At < Lost)
                {
                    return (null, ApiProblem.InProgress);
                }
            }

            var begun = new KeptAnswer(request, now);
            var change = new Change(now, actor).Due(
                ForgetAnswer.Kind,
                act,
                now + KeptAnswer.KeptFor
            );
            if (
                await store.Commit(
                    read is null
                        ? change.Add(KeptAnswer.Kind, act, begun)
                        : change.Replace(KeptAnswer.Kind, read, begun),
                    cancel
                )
            )
            {
                return (null, null);
            }
        }
    }

    /// <summary>Keeps what was answered. What was not done is forgotten: it may be possible the next time.</summary>
    public async Task End(
        string act,
        string actor,
        KeptAnswer? answer,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        while (await store.Find(KeptAnswer.Kind, act, cancel) is { } read)
        {
            var change = new Change(now, actor);
            if (
                await store.Commit(
                    answer is null
                        ? change.Delete(KeptAnswer.Kind, read).Due(ForgetAnswer.Kind, act, null)
                        : change.Replace(KeptAnswer.Kind, read, answer),
                    cancel
                )
            )
            {
                return;
            }
        }
    }
}
