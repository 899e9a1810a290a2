using Sidecar.Ids;

namespace Sidecar.Interactions;

/// <summary>Hears that somebody who may use the product typed a command, understood or not, after it was answered.</summary>
public interface ICommandWitness
{
    /// <summary>Somebody typed a command of people's, not one that programs send.</summary>
    /// <param name="by">Who.</param>
    /// <param name="command">Which; null when it was none.</param>
    /// <param name="cancel">Gives up.</param>
    Task Saw(UserId by, CommandSpec? command, CancellationToken cancel);
}
