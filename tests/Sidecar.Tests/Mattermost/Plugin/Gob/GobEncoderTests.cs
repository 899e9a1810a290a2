using Shouldly;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin.Gob;

public sealed class GobEncoderTests
{
    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var stream = new MemoryStream();
        var encoder = new GobEncoder();
        var error = new GobValue.InterfaceValue(
            PluginTypes.ErrorName,
            GobValue.Of(("Code", GobValue.Of(3L)), ("Err", GobValue.Of("no")))
        )
        {
            Type = PluginTypes.Error,
        };
        var props = PluginJson.Map(
            (System.Text.Json.Nodes.JsonObject)
                System.Text.Json.Nodes.JsonNode.Parse(
                    """{"a":{"b":[1,"x",null,true]},"empty":{},"n":-2.5}"""
                )!
        );
        (GobType Type, GobValue Value)[] sent =
        [
            (GobType.Text, GobValue.Of("plain")),
            (GobType.UInt, GobValue.Of(7UL)),
            (GobType.Int, GobValue.Of(-300L)),
            (PluginTypes.ErrorReturns, GobValue.Of(("A", error))),
            (PluginTypes.ErrorReturns, GobValue.Of(("A", error))),
            (PluginTypes.ErrorReturns, GobValue.Empty),
            (PluginTypes.AnyMap, props),
            (PluginTypes.Names, GobValue.Of(GobValue.Of("x"), GobValue.Of(""))),
        ];
        foreach (var (type, value) in sent)
        {
            stream.Write(encoder.Encode(type, value).Span);
        }

        stream.Position = 0;
        var decoder = new GobDecoder(stream);
        List<string> read = [];
        while (await decoder.Next(TestContext.Current.CancellationToken) is { } value)
        {
            read.Add(value.Show());
        }

        read.ShouldBe([
            "'plain'",
            "7u",
            "-300",
            "(A=*plugin.ErrorString!(Code=3 Err='no'))",
            "(A=*plugin.ErrorString!(Code=3 Err='no'))",
            "()",
            "{'a':map[string]interface {}!{'b':[]interface {}![float64!1f string!'x' nil bool!true]} 'empty':map[string]interface {}!{} 'n':float64!-2.5f}",
            "['x' '']",
        ]);
    }

    [Fact]
    public void A_type_is_told_once_and_in_Go_s_own_bytes()
    {
        var encoder = new GobEncoder();
        var type = GobType.Struct("Inner", ("N", GobType.Int), ("S", GobType.Text));
        var value = GobValue.Of(("N", GobValue.Of(3L)), ("S", GobValue.Of("x")));

        // As Go's encoder writes struct Inner { N int; S string }, which is type 65 there, too.
        Convert
            .ToHexString(encoder.Encode(type, value).Span)
            .ShouldBe(
                "1FFF8103010105496E6E657201FF8200010201014E010400010153010C00000008FF82010601017800"
            );
        Convert.ToHexString(encoder.Encode(type, value).Span).ShouldBe("08FF82010601017800");
    }

    [Fact]
    public void What_does_not_fit_its_type_is_a_fault() =>
        Should.Throw<ArgumentException>(() =>
            new GobEncoder().Encode(GobType.Int, GobValue.Of("text"))
        );
}
