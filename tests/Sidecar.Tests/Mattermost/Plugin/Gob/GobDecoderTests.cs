using Shouldly;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin.Gob;

/// <summary>What Go itself has written is read (recorded/gob.txt: Go's own encoder).</summary>
public sealed class GobDecoderTests
{
    internal static IReadOnlyDictionary<string, byte[]> Vectors { get; } =
        File.ReadLines(
                Path.Combine(
                    Repository.Root,
                    "tests/Sidecar.Tests/Mattermost/Plugin/recorded/gob.txt"
                )
            )
            .Select(line => line.Split(' '))
            .ToDictionary(p => p[0], p => Convert.FromHexString(p[1]), StringComparer.Ordinal);

    [Theory]
    [InlineData(
        "numbers",
        "[0 1 -1 63 64 -64 -65 127 128 255 256 -32768 4611686018427387904 -9223372036854775808 9223372036854775807]"
    )]
    [InlineData(
        "uints",
        "[0u 1u 127u 128u 255u 256u 65535u 65536u 9223372036854775808u 18446744073709551615u]"
    )]
    [InlineData("floats", "[0f 1f -1f 0.5f 17f 3.141592653589793f 1E+300f]")]
    [InlineData("tree", "(Name='r' Kids=[(Name='a' Kids=[(Name='b')]) (Name='c')])")]
    [InlineData(
        "all",
        "(B=true I=-7 I8=-128 U=4000000000u F=2.5f C=(1,-2) S='grüße' Raw=0001FF L=['a' '' 'c'] A=[1 0 -3] M={'x':-1} MM={'h':['v' 'w']} In=(N=5 S='i') P=(N=6 S='p') Any=*x.Inner!(N=7 S='any') Anys=[string!'t' float64!1.5f bool!true nil *x.Inner!(N=8 S='j') []interface {}![string!'n']] AnyM={'k':map[string]interface {}!{'d':string!'e'}} E=*plugin.ErrorString!(Code=3 Err='no') U2=<2F612F623F633D64> T=<01"
    )]
    public async Task Values_of_Go_are_read(string name, string expected)
    {
        var decoder = new GobDecoder(new MemoryStream(Vectors[name]));

        var read = (await decoder.Next(TestContext.Current.CancellationToken)).Show();

        read.ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_stream_tells_each_type_once()
    {
        var decoder = new GobDecoder(new MemoryStream(Vectors["twice"]));
        List<string> read = [];
        while (await decoder.Next(TestContext.Current.CancellationToken) is { } value)
        {
            read.Add(value.Show());
        }

        read[2..].ShouldBe(["(N=3 S='x')", "'text'", "true", "()"]);
        read[0].ShouldContain("S='one'");
        read[0].ShouldContain("Any=*x.Inner!(N=1)");
        read[1].ShouldContain("S='two'");
        read[1].ShouldContain("Any=*x.Inner!(N=2)");
    }

    [Fact]
    public async Task Cut_anywhere_it_ends_with_a_reason()
    {
        foreach (var (name, bytes) in Vectors)
        {
            for (var length = 1; length < bytes.Length; length++)
            {
                var decoder = new GobDecoder(new MemoryStream(bytes[..length]));
                try
                {
                    while (await decoder.Next(TestContext.Current.CancellationToken) is not null)
                    { }
                    // Between two values a stream may end.
                    name.ShouldBe("twice");
                }
                catch (GobException cut)
                {
                    cut.Message.ShouldNotBeEmpty();
                }
            }
        }
    }
}
