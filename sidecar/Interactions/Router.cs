using System.Collections.Frozen;
using Sidecar.Cards;

namespace Sidecar.Interactions;

/// <summary>Finds the part of the product that a verified act is meant for, and runs it.</summary>
public sealed class Router
{
    private readonly IServiceProvider _parts;
    private readonly FrozenDictionary<string, RegisteredCommand> _commands;
    private readonly FrozenDictionary<string, RegisteredAction> _actions;
    private readonly FrozenDictionary<string, RegisteredDialog> _dialogs;
    private readonly FrozenDictionary<string, RegisteredTrigger> _triggers;

    internal Router(RegisteredParts registered, CommandBook commands, IServiceProvider parts)
    {
        _parts = parts;
        Commands = commands;
        _commands = registered.Commands.ToFrozenDictionary(
            c => c.Spec.Path,
            StringComparer.Ordinal
        );
        _actions = registered.Actions.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        _dialogs = registered.Dialogs.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);
        _triggers = registered.Triggers.ToFrozenDictionary(
            t => t.Word,
            StringComparer.OrdinalIgnoreCase
        );
    }

    /// <summary>All commands.</summary>
    public CommandBook Commands { get; }

    /// <summary>Somebody typed a command.</summary>
    public Task<Reply> Command(
        Envelope envelope,
        string text,
        Mentions mentions,
        CancellationToken cancel
    ) =>
        Commands.Read(CommandLine.Read(text), mentions) switch
        {
            CommandReading.Understood understood => _commands[understood.Spec.Path]
                .Run(_parts, understood.By(envelope), cancel),
            CommandReading.Misunderstood misunderstood => Task.FromResult(
                Reply.Say(misunderstood.Why)
            ),
            _ => throw new InvalidOperationException("There is no third way to read a command."),
        };

    /// <summary>Somebody pressed a button or chose from a menu.</summary>
    public Task<Reply> Action(
        Envelope envelope,
        string action,
        string payload,
        string? chosen,
        CancellationToken cancel
    ) =>
        _actions.TryGetValue(action, out var registered)
            ? registered.Press(_parts, envelope, payload, chosen, cancel)
            : Task.FromResult(
                Reply.Say(
                    Words.Of(
                        $"This button belongs to a version of the product that is not installed any more. {Words.Code($"/{CommandSpec.Trigger} help")} shows what there is."
                    )
                )
            );

    /// <summary>Somebody answered a dialog.</summary>
    public Task<SubmissionReply> Dialog(
        Envelope envelope,
        string dialog,
        string state,
        IReadOnlyDictionary<string, string> values,
        CancellationToken cancel
    ) =>
        _dialogs.TryGetValue(dialog, out var registered)
            ? registered.Submit(_parts, envelope, state, values, cancel)
            : Task.FromResult(
                SubmissionReply.Keep(
                    "This form belongs to a version of the product that is not installed any more. Copy what you wrote, and open the form again."
                )
            );

    /// <summary>Somebody began a message with a trigger word.</summary>
    public Task<Reply> Trigger(
        Envelope envelope,
        string word,
        string text,
        CancellationToken cancel
    ) =>
        _triggers.TryGetValue(word, out var registered)
            ? registered.Run(_parts, new TriggerCall(envelope, text), cancel)
            : Task.FromResult(Reply.Nothing);
}
