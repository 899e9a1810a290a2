using System.Globalization;
using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Tests.Mattermost.Plugin.Gob;

/// <summary>Values as a line of text, for comparison.</summary>
internal static class GobText
{
    public static string Show(this GobValue? value) =>
        value switch
        {
            null => "nothing",
            GobValue.BoolValue b => b.Value ? "true" : "false",
            GobValue.IntValue i => i.Value.ToString(CultureInfo.InvariantCulture),
            GobValue.UIntValue u => string.Create(CultureInfo.InvariantCulture, $"{u.Value}u"),
            GobValue.FloatValue f => string.Create(CultureInfo.InvariantCulture, $"{f.Value:R}f"),
            GobValue.ComplexValue c => string.Create(
                CultureInfo.InvariantCulture,
                $"({c.Real:R},{c.Imaginary:R})"
            ),
            GobValue.TextValue t => $"'{t.Value}'",
            GobValue.BytesValue b => Convert.ToHexString(b.Value),
            GobValue.OpaqueValue o => $"<{Convert.ToHexString(o.Value)}>",
            GobValue.ListValue l => $"[{string.Join(' ', l.Items.Select(Show))}]",
            GobValue.MapValue m =>
                $"{{{string.Join(' ', m.Pairs.Select(p => $"{p.Key.Show()}:{p.Value.Show()}"))}}}",
            GobValue.StructValue s =>
                $"({string.Join(' ', s.Fields.Select(f => $"{f.Key}={f.Value.Show()}"))})",
            GobValue.InterfaceValue { Value: { } held } boxed => $"{boxed.Name}!{held.Show()}",
            _ => "nil",
        };
}
