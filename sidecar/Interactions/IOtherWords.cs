using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Understands what begins with the words of no command, before it is said that it is not known.</summary>
public interface IOtherWords
{
    /// <summary>The answer; null when this is not what it understands. Rights are asked by whoever answers.</summary>
    ValueTask<Reply?> Read(CommandLine line, Envelope envelope, CancellationToken cancel);
}
