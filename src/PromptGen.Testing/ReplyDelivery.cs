using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using PromptGen.Testing.Protocols;

namespace PromptGen.Testing;

/// <summary>Sends a reply: waits, writes, and lets go wrong what is to go wrong on the wire.</summary>
internal sealed class ReplyDelivery(TimeProvider timeProvider, CancellationToken stopping)
{
    public async Task SendAsync(HttpContext context, WireProtocol protocol, ModelRequest request, ModelReply reply)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        reply = protocol.Adapt(reply);
        await WaitAsync(reply.Delay, ended.Token).ConfigureAwait(false);
        switch (reply.Fault)
        {
            case ModelFault.Hang:
                await StaySilentAsync(context, reply, ended.Token).ConfigureAwait(false);
                return;
            case ModelFault.Reset:
                ResetConnection(context);
                return;
            case ModelFault.NotHttp:
                await SendGarbageAsync(context, ended.Token).ConfigureAwait(false);
                return;
        }

        WriteHeaders(context, protocol, request, reply);
        if (reply.BodyDelay > TimeSpan.Zero)
        {
            await context.Response.StartAsync(ended.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
            await WaitAsync(reply.BodyDelay, ended.Token).ConfigureAwait(false);
        }

        if (request.IsStreaming && reply is { RawBody: null, IsError: false })
        {
            await SendStreamAsync(context, protocol, request, reply, ended.Token).ConfigureAwait(false);
        }
        else if (reply.Fault == ModelFault.Endless)
        {
            await EndlessAnswer.SendAsync(context.Response.Body, reply, BodyOf(protocol, request, reply), ended.Token).ConfigureAwait(false);
        }
        else
        {
            await SendBodyAsync(context, reply, BodyOf(protocol, request, reply), ended.Token).ConfigureAwait(false);
        }
    }

    private static void WriteHeaders(HttpContext context, WireProtocol protocol, ModelRequest request, ModelReply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply switch
        {
            { RawBody: not null } => reply.RawContentType,
            { IsError: false } when request.IsStreaming => "text/event-stream; charset=utf-8",
            _ => "application/json",
        };
        response.Headers[protocol.RequestIdHeader] = $"req_{request.Number}";
        if (reply.RetryAfter is { } retryAfter)
        {
            response.Headers.RetryAfter = retryAfter;
        }

        foreach (var (name, value) in reply.Headers)
        {
            response.Headers.Append(name, value);
        }
    }

    private static ReadOnlyMemory<byte> BodyOf(WireProtocol protocol, ModelRequest request, ModelReply reply) => reply switch
    {
        { RawBody: { } raw } => raw,
        { IsError: true } or { Fault: ModelFault.ErrorEvent } => protocol.WriteError(reply),
        _ => protocol.WriteAnswer(request, reply),
    };

    /// <summary>Whether an answer with this fault is not sent to its end.</summary>
    private static bool EndsEarly(ModelFault fault) => fault is ModelFault.Cut or ModelFault.CutAndReset or ModelFault.CutAndClose or ModelFault.Stall;

    private async Task SendBodyAsync(HttpContext context, ModelReply reply, ReadOnlyMemory<byte> body, CancellationToken ended)
    {
        if (reply.Fault == ModelFault.MalformedChunk)
        {
            body = (byte[])[.. body.Span, (byte)'}'];
        }

        var part = EndsEarly(reply.Fault) ? body[..(int)(body.Length * reply.FaultShare)] : body;
        if (!body.IsEmpty)
        {
            // Answers with status 204, 205 and 304 have no body: Kestrel drops the connection of one that writes even nothing.
            context.Response.ContentLength ??= reply.Fault == ModelFault.Cut ? part.Length : body.Length;
            await context.Response.Body.WriteAsync(part, ended).ConfigureAwait(false);
        }

        await context.Response.Body.FlushAsync(ended).ConfigureAwait(false);
        await EndEarlyAsync(context, reply, ended).ConfigureAwait(false);
    }

    private Task EndEarlyAsync(HttpContext context, ModelReply reply, CancellationToken ended)
    {
        switch (reply.Fault)
        {
            case ModelFault.CutAndReset:
                ResetConnection(context);
                return Task.CompletedTask;
            case ModelFault.CutAndClose:
                return CloseConnectionAsync(context, ended);
            case ModelFault.Stall:
                return StaySilentAsync(context, reply, ended);
            default:
                return Task.CompletedTask;
        }
    }

    private async Task StaySilentAsync(HttpContext context, ModelReply reply, CancellationToken ended)
    {
        await WaitAsync(reply.FaultDuration ?? Timeout.InfiniteTimeSpan, ended).ConfigureAwait(false);
        await CloseConnectionAsync(context, ended).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends FIN behind what was flushed and waits for the client to close its side. A flush completes only when the socket has the bytes (the
    /// server keeps no response buffer), so FIN cannot overtake them; to return or to abort now would send a terminating chunk or a reset.
    /// </summary>
    private static Task CloseConnectionAsync(HttpContext context, CancellationToken ended)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        return Task.Delay(Timeout.InfiniteTimeSpan, ended);
    }

    private static async Task SendGarbageAsync(HttpContext context, CancellationToken ended)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            await socket.SendAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), ended).ConfigureAwait(false);
        }

        context.Abort();
    }

    // Without lingering the closed socket sends a reset instead of an orderly end.
    private static void ResetConnection(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        context.Abort();
    }

    private async Task SendStreamAsync(HttpContext context, WireProtocol protocol, ModelRequest request, ModelReply reply, CancellationToken ended)
    {
        var strikes = EndsEarly(reply.Fault) || reply.Fault is ModelFault.MalformedChunk or ModelFault.ErrorEvent;
        var events = protocol.WriteEvents(request, reply).ToList();
        var strikeAfter = Math.Min(reply.FaultAfter, events.Count(static next => next.IsContent));
        var pieces = 0;
        await context.Response.StartAsync(ended).ConfigureAwait(false);
        if (reply.Fault == ModelFault.Endless)
        {
            await EndlessAnswer.SendAsync(context.Response.Body, events, ended).ConfigureAwait(false);
        }

        foreach (var next in events)
        {
            await WaitAsync(reply.EventDelay, ended).ConfigureAwait(false);
            if (strikes && pieces == strikeAfter)
            {
                if (await StrikeAsync(context, protocol, reply, ended).ConfigureAwait(false))
                {
                    return;
                }

                strikes = false;
            }

            await SendEventAsync(context, next, ended).ConfigureAwait(false);
            if (next.IsContent)
            {
                pieces++;
                await WaitAsync(reply.PieceDelay, ended).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the fault happen; true where the stream ends with it.</summary>
    private async Task<bool> StrikeAsync(HttpContext context, WireProtocol protocol, ModelReply reply, CancellationToken ended)
    {
        switch (reply.Fault)
        {
            case ModelFault.MalformedChunk:
                await SendEventAsync(context, protocol.WriteMalformedEvent(), ended).ConfigureAwait(false);
                return false;
            case ModelFault.ErrorEvent:
                await SendEventAsync(context, protocol.WriteErrorEvent(reply), ended).ConfigureAwait(false);
                return true;
            default:
                await EndEarlyAsync(context, reply, ended).ConfigureAwait(false);
                return true;
        }
    }

    private static async Task SendEventAsync(HttpContext context, StreamEvent next, CancellationToken ended)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(next.Text), ended).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(ended).ConfigureAwait(false);
    }

    private Task WaitAsync(TimeSpan time, CancellationToken ended) =>
        time == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time, timeProvider, ended);
}
