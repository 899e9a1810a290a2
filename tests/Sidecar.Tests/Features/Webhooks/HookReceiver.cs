using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sidecar.Tests.Features.Webhooks;

/// <summary>What a receiver was sent.</summary>
internal sealed record Sent(IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Id => Headers["webhook-id"];

    public string Type => Json.GetProperty("type").GetString()!;
}

/// <summary>
/// A system that is told what happens, on a real port. It is written from the Standard Webhooks specification alone, and
/// knows nothing of the product.
/// </summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Sent> _sent = [];

    private HookReceiver(WebApplication app) => _app = app;

    /// <summary>What it answers, and what else it does before.</summary>
    public Func<Sent, HttpResponse, Task> Answers { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Sent> All => [.. _sent];

    public string Address { get; private set; } = "";

    public static async Task<HookReceiver> Start(string? at = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(at ?? "http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new HookReceiver(app);
        app.MapPost("/{**path}", receiver.Take);
        await app.StartAsync();
        receiver.Address = app.Urls.Single() + "/hook";
        return receiver;
    }

    /// <summary>As the specification says it: id, time within five minutes, and one of the signatures.</summary>
    public static bool Verifies(Sent sent, string secret, DateTimeOffset now)
    {
        if (
            !sent.Headers.TryGetValue("webhook-id", out var id)
            || !sent.Headers.TryGetValue("webhook-timestamp", out var at)
            || !sent.Headers.TryGetValue("webhook-signature", out var signatures)
            || !long.TryParse(at, CultureInfo.InvariantCulture, out var seconds)
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration()
                > TimeSpan.FromMinutes(5)
        )
        {
            return false;
        }

        var key = Convert.FromBase64String(
            secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret[6..] : secret
        );
        var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{at}.{sent.Body}"));
        return signatures
            .Split(' ')
            .Where(s => s.StartsWith("v1,", StringComparison.Ordinal))
            .Any(s =>
                CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(s[3..]), expected)
            );
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var sent = new Sent(
            context.Request.Headers.ToDictionary(
                h => h.Key.ToLowerInvariant(),
                h => h.Value.ToString(),
                StringComparer.Ordinal
            ),
            await reader.ReadToEndAsync()
        );
        _sent.Enqueue(sent);
        await Answers(sent, context.Response);
    }
}
