using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Settings;
using Sidecar.Tests.Setup;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Why Mattermost is not reached, in words that an administrator can act on (F4): everywhere the same ones.</summary>
public sealed class F4_ReasonsTests
{
    private static readonly DateTimeOffset Long = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An alert as servers send it to whose TLS they don't like.</summary>
    private static readonly byte[] HandshakeFailure = [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Trouble.Untrusted, "its certificate is not trusted here: it was issued by itself")]
    [InlineData(Trouble.Expired, "its certificate is valid from 2020-01-01 to 2021-01-01 only")]
    [InlineData(Trouble.WrongName, "its certificate is for mattermost.example, not for 127.0.0.1")]
    [InlineData(Trouble.NoTls, "does not speak TLS on that port")]
    [InlineData(Trouble.HangsUp, "the connection was")]
    [InlineData(Trouble.OldTls, "TLS")]
    [InlineData(Trouble.Refused, "the connection was refused")]
    [InlineData(Trouble.NoHost, "the name of the host is not known")]
    [InlineData(Trouble.NoHttp, "does not speak HTTP")]
    public async Task F4_The_innermost_reason_is_said(Trouble trouble, string reason)
    {
        await using var there = new TroubledServer(trouble);
        using var client = new HttpClient(MattermostNetwork.Handler())
        {
            BaseAddress = there.Address,
        };
        var http = new MattermostHttp(client, "token");

        var problem = await Should.ThrowAsync<MattermostException>(() =>
            http.Send(HttpMethod.Get, "api/v4/users/me", null, Cancel)
        );

        problem.Message.ShouldContain(reason);
        problem.Message.ShouldNotContain("inner exception");
    }

    [Theory]
    [InlineData(Trouble.Untrusted, "its certificate is not trusted here")]
    [InlineData(Trouble.NoTls, "does not speak TLS on that port")]
    [InlineData(Trouble.Refused, "the connection was refused")]
    public async Task F4_Install_and_doctor_say_it(Trouble trouble, string reason)
    {
        await using var there = new TroubledServer(trouble);
        await using var bench = await SetupBench.Open();
        (await bench.Install("--url", there.Address.ToString())).ShouldNotBe(ExitCode.Done);
        bench.Error.ShouldContain(reason);

        (await bench.Install()).ShouldBe(ExitCode.Done, bench.Error);
        var recorded = bench.File.Read();
        bench.File.Write(recorded with { MattermostUrl = there.Address });
        (await bench.Run("doctor", "--data", bench.Data)).ShouldBe(ExitCode.Failed);
        bench.Output.ShouldContain(reason);
    }

    [Fact]
    public async Task F4_The_WebSocket_says_it()
    {
        await using var there = new TroubledServer(Trouble.Untrusted);
        using var network = new HttpMessageInvoker(MattermostNetwork.Handler());

        var problem = await Should.ThrowAsync<WebSocketConnectionException>(() =>
            WebSocketConnection.Open(
                network,
                there.Address,
                "token",
                CancellationToken.None,
                Cancel
            )
        );

        problem.Problem.ShouldBe(WebSocketProblem.Unreachable);
        problem.Message.ShouldContain("its certificate is not trusted here");
    }

    [Fact]
    public void F4_Time_that_ran_out_is_told_from_who_gave_up()
    {
        NetworkReason
            .Of(new TaskCanceledException("x", new TimeoutException()))
            .ShouldBe("nothing answered in time");
        NetworkReason
            .Of(
                new HttpRequestException(
                    "see inner",
                    new SocketException((int)SocketError.TimedOut)
                )
            )
            .ShouldBe("nothing answered in time");
        NetworkReason
            .Of(new IOException("outer", new SocketException((int)SocketError.ConnectionReset)))
            .ShouldContain("reset");
        NetworkReason
            .Of(new IOException("outer", new InvalidOperationException("the reason")))
            .ShouldBe("the reason");
    }

    /// <summary>What is wrong with a server.</summary>
    public enum Trouble
    {
        Untrusted,
        Expired,
        WrongName,
        NoTls,
        HangsUp,
        OldTls,
        Refused,
        NoHost,
        NoHttp,
    }

    /// <summary>A listener that is there, and with which something is wrong.</summary>
    private sealed class TroubledServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly Trouble _trouble;
        private readonly X509Certificate2? _certificate;
        private readonly Task _serving;

        public TroubledServer(Trouble trouble)
        {
            _trouble = trouble;
            _certificate = trouble switch
            {
                Trouble.Expired => Certificate("127.0.0.1", Long, Long.AddDays(366)),
                Trouble.WrongName => Certificate("mattermost.example", Long, Long.AddYears(20)),
                _ => Certificate("127.0.0.1", Long, Long.AddYears(20)),
            };
            _listener.Start();
            var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            var scheme = trouble == Trouble.NoHttp ? "http" : "https";
            Address = new Uri(
                trouble == Trouble.NoHost
                    ? "https://mattermost.invalid/"
                    : $"{scheme}://127.0.0.1:{port}/"
            );
            if (trouble == Trouble.Refused)
            {
                _listener.Stop();
            }

            _serving = trouble == Trouble.Refused ? Task.CompletedTask : Serve();
        }

        public Uri Address { get; }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            _listener.Stop();
            await _serving;
            _listener.Dispose();
            _certificate?.Dispose();
            _end.Dispose();
        }

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                    try
                    {
                        await Answer(client.GetStream());
                    }
                    catch (Exception gone) when (gone is IOException or AuthenticationException)
                    {
                        // The client did not like it.
                    }
                }
            }
            catch (Exception ended)
                when (ended
                        is OperationCanceledException
                            or SocketException
                            or InvalidOperationException
                )
            {
                // The test is over.
            }
        }

        private async Task Answer(NetworkStream stream)
        {
            switch (_trouble)
            {
                case Trouble.HangsUp:
                    stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                case Trouble.NoTls:
                    await stream.WriteAsync(
                        "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(),
                        _end.Token
                    );
                    return;
                case Trouble.NoHttp:
                    await stream.WriteAsync(
                        "SSH-2.0-OpenSSH_9.2p1\r\n\r\n"u8.ToArray(),
                        _end.Token
                    );
                    return;
                case Trouble.OldTls:
                    await stream.WriteAsync(HandshakeFailure, _end.Token);
                    return;
            }

            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(_certificate!);
        }

        private static X509Certificate2 Certificate(
            string host,
            DateTimeOffset from,
            DateTimeOffset to
        )
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest(
                $"CN={host}",
                key,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(host, out var ip))
            {
                names.AddIpAddress(ip);
            }
            else
            {
                names.AddDnsName(host);
            }

            request.CertificateExtensions.Add(names.Build());
            using var made = request.CreateSelfSigned(from, to);
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }
    }
}
