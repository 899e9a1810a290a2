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
    public async Task<KeyedRequest> Begin(
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
                    return new KeyedRequest.OfRefused(ApiProblem.OtherRequest);
                }

                if (before.Status is not null)
                {
                    return new KeyedRequest.OfAnswered(before);
                }

                if (before.IsDone == true)
                {
                    return new KeyedRequest.OfDone(before);
                }

                if (now - before.At < Lost)
                {
                    return new KeyedRequest.OfRefused(ApiProblem.InProgress);
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
                return new KeyedRequest.OfBegun(begun, (read?.Version ?? 0) + 1);
            }
        }
    }

    /// <summary>
    /// Keeps what was answered. What was not done is forgotten: it may be possible the next time. When its repetition was
    /// taken on meanwhile, that one's answer counts.
    /// </summary>
    /// <param name="act">Which request.</param>
    /// <param name="actor">Whose.</param>
    /// <param name="begun">What was kept when it began.</param>
    /// <param name="answer">What was answered; null when it was refused, or failed.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task End(
        string act,
        string actor,
        KeptAnswer begun,
        KeptAnswer? answer,
        CancellationToken cancel
    )
    {
        while (
            await store.Find(KeptAnswer.Kind, act, cancel) is { Value: { Status: null } now } read
            && now.At == begun.At
            && (answer is not null || now.IsDone != true)
        )
        {
            var change = new Change(begun.At, actor);
            if (
                await store.Commit(
                    answer is null
                        ? change.Delete(KeptAnswer.Kind, read).Due(ForgetAnswer.Kind, act, null)
                        : change.Replace(
                            KeptAnswer.Kind,
                            read,
                            answer with
                            {
                                Request = begun.Request,
                                At = begun.At,
                            }
                        ),
                    cancel
                )
            )
            {
                return;
            }
        }
    }
}

/// <summary>What is to be done about a request with a key.</summary>
internal abstract record KeyedRequest
{
    private KeyedRequest() { }

    /// <summary>It is to be done.</summary>
    /// <param name="Kept">What is kept of it.</param>
    /// <param name="Version">Its version in the store.</param>
    public sealed record OfBegun(KeptAnswer Kept, long Version) : KeyedRequest
    {
        /// <summary>What changes from here on is committed together with the note that it is done.</summary>
        public DoneMark Mark(string act) =>
            DoneMark.Begin(KeptAnswer.Kind, act, Version, Kept with { IsDone = true });
    }

    /// <summary>It was done, but nobody lived to keep the answer: it is told how it stands now.</summary>
    public sealed record OfDone(KeptAnswer Kept) : KeyedRequest;

    /// <summary>It was answered.</summary>
    public sealed record OfAnswered(KeptAnswer Before) : KeyedRequest;

    /// <summary>It is not done now.</summary>
    public sealed record OfRefused(ApiProblem Why) : KeyedRequest;
}
