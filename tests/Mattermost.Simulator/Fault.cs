using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>What goes wrong with a request.</summary>
public abstract record Fault
{
    private protected Fault() { }

    /// <summary>An error status; nothing else happens.</summary>
    public static Fault Status(int status) => new StatusFault(status);

    /// <summary>An error of the server's own, as it writes it when it fails with what it was given.</summary>
    public static Fault Error(int status, string id) => new ErrorFault(status, id);

    /// <summary>429, with the headers and the plain-text body of Mattermost's rate limiter.</summary>
    public static Fault RateLimited(TimeSpan? resetAfter = null) =>
        new RateLimitFault(resetAfter ?? TimeSpan.FromSeconds(1));

    /// <summary>The connection is reset and nothing has happened.</summary>
    public static Fault ResetBefore { get; } = new ResetFault();

    /// <summary>The request takes effect, and the connection is reset in place of the answer.</summary>
    public static Fault ResetAfter { get; } = new ResetAfterFault();

    /// <summary>The request is served after this time has passed on the server's clock.</summary>
    public static Fault Slow(TimeSpan delay) => new SlowFault(delay);

    internal virtual bool CutsBefore => false;

    internal virtual bool CutsAfter => false;

    /// <summary>Returns what to answer in place of serving the request, or null to serve it.</summary>
    internal abstract Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time);

    internal sealed record StatusFault(int Code) : Fault
    {
        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(
                new Answer(
                    Code,
                    System.Text.Encoding.UTF8.GetBytes("the stand-in was told to fail"),
                    "text/plain"
                )
            );
    }

    internal sealed record ErrorFault(int Code, string Id) : Fault
    {
        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(
                Answer.Error(new AppError(Id, "The stand-in was told to fail.", Code))
            );
    }

    internal sealed record RateLimitFault(TimeSpan Window) : Fault
    {
        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(RateLimits.Refusal(http, limit: 10, Window));
    }

    internal sealed record ResetFault : Fault
    {
        internal override bool CutsBefore => true;

        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(new Answer(0, []));
    }

    internal sealed record ResetAfterFault : Fault
    {
        internal override bool CutsAfter => true;

        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(null);
    }

    internal sealed record SlowFault(TimeSpan Delay) : Fault
    {
        internal override async Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time)
        {
            await Task.Delay(Delay, time, http.RequestAborted);
            return null;
        }
    }

    internal sealed record HangFault(Hang Hang) : Fault
    {
        internal override async Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time)
        {
            await Hang.HoldAsync(http.RequestAborted);
            return null;
        }
    }
}
