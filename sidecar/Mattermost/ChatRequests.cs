using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;

namespace Sidecar.Mattermost;

/// <summary>Requests to Mattermost, each within its time, and what is learned about the server on the way.</summary>
internal sealed class ChatRequests(
    IHttpClientFactory clients,
    ChatOptions options,
    TimeProvider clock
)
{
    private volatile CardLimits _limits = CardLimits.Current;

    /// <summary>The server's clock.</summary>
    public ServerClock Server { get; } = new(clock);

    /// <summary>Mattermost's name of the error behind a problem.</summary>
    public static string? ErrorOf(ChatException problem) => AnswerOf(problem)?.ErrorId;

    /// <summary>The answer behind a problem; null when none came in time.</summary>
    public static MattermostException? AnswerOf(ChatException problem) =>
        problem.InnerException as MattermostException;

    /// <summary>
    /// Sends what is drawn for this server's limits. Nobody but the server knows them: when it finds a post too long, it
    /// has told, and gets it again, shorter.
    /// </summary>
    public async Task<WirePost> Fitting<TBody>(
        Func<CardLimits, TBody> draw,
        JsonTypeInfo<TBody> type,
        Func<MattermostHttp, HttpContent, CancellationToken, Task<WirePost>> send,
        CancellationToken cancel
    )
    {
        var limits = _limits;
        while (true)
        {
            var body = Written(draw, type, limits);
            try
            {
                return await Ask(
                    options.WriteTimeout,
                    (http, c) => send(http, MattermostHttp.Json(body), c),
                    cancel
                );
            }
            catch (ChatException tooLong) when (limits.After(ErrorOf(tooLong)) is { } smaller)
            {
                _limits = limits = smaller;
            }
            catch (ChatException tooLong)
                when (IsTooLargeARequest(tooLong)
                    && limits.Within(body.Length, body.Length / 2) is { } smaller
                )
            {
                limits = smaller;
                if (ErrorOf(tooLong) is not null)
                {
                    _limits = _limits with { Request = Math.Min(_limits.Request, body.Length - 1) };
                }
            }
        }
    }

    /// <summary>
    /// A proxy's limit is met by its status alone. It may be about this request only, so it is not remembered.
    /// </summary>
    private static bool IsTooLargeARequest(ChatException problem) =>
        AnswerOf(problem)?.Status == HttpStatusCode.RequestEntityTooLarge;

    private static byte[] Written<TBody>(
        Func<CardLimits, TBody> draw,
        JsonTypeInfo<TBody> type,
        CardLimits limits
    )
    {
        while (true)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(draw(limits), type);
            if (
                body.Length <= limits.Request
                || limits.Within(body.Length, limits.Request) is not { } smaller
            )
            {
                return body;
            }

            limits = smaller;
        }
    }

    /// <summary>Whether something is there at all, when access to it was refused.</summary>
    public async Task<bool> Exists(string what, CancellationToken cancel)
    {
        try
        {
            await Ask(
                options.ReadTimeout,
                async (http, c) =>
                {
                    await http.Send(HttpMethod.Get, $"api/v4/{what}", null, c);
                    return true;
                },
                cancel
            );
            return true;
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Missing or ChatProblem.Refused)
        {
            return problem.Problem != ChatProblem.Missing;
        }
    }

    /// <summary>Asks once; every failure becomes a <see cref="ChatException"/>.</summary>
    public async Task<T> Ask<T>(
        TimeSpan timeout,
        Func<MattermostHttp, CancellationToken, Task<T>> ask,
        CancellationToken cancel
    )
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var client = clients.CreateClient(ChatOptions.HttpClientName);
        try
        {
            return await ask(
                new MattermostHttp(client, options.BotToken, Server.Saw, clock),
                either.Token
            );
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw new ChatException(
                ChatProblem.Uncertain,
                $"no answer within {timeout.TotalSeconds} s",
                slow
            );
        }
        catch (MattermostException problem)
        {
            throw ChatProblems.From(problem);
        }
    }
}
