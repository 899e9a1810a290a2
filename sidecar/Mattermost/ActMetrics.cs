using System.Diagnostics.Metrics;
using Sidecar.Interactions;
using Sidecar.Metrics;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <summary>
/// What becomes of what people do, on meter <c>Escalate</c>: all of it is answered 200, so that only this tells. How long
/// it takes is in the server's own <c>http.server.request.duration</c>, by door.
/// </summary>
internal sealed class ActMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _acts;

    public ActMetrics()
    {
        _meter = ProductMeter.For(this);
        _acts = _meter.CreateCounter<long>(
            "escalate.acts",
            "{act}",
            "What people did through a door, by what became of it."
        );
    }

    public void Answered(string door, Reply reply) =>
        Count(
            door,
            reply switch
            {
                Reply.Whisper { IsRefusal: true } => "refused",
                Reply.Ask => "asked",
                _ => "done",
            }
        );

    public void Answered(string door, SubmissionReply reply) =>
        Count(door, reply is SubmissionReply.DialogClosed ? "done" : "refused");

    /// <summary>What became of a request that is answered by a status.</summary>
    public void Answered(string door, int status) => Count(door, status < 400 ? "done" : "refused");

    public void TooFast(string door) => Count(door, "too_fast");

    public void Failed(string door, Exception fault) =>
        _acts.Add(
            1,
            new("escalate.door", door),
            new("escalate.result", "failed"),
            new(
                ProductMeter.ErrorType,
                fault switch
                {
                    StoreUnwritableException => "store_unwritable",
                    Chat.ChatException => "mattermost",
                    _ => "fault",
                }
            )
        );

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Count(string door, string result) =>
        _acts.Add(1, new("escalate.door", door), new("escalate.result", result));
}
