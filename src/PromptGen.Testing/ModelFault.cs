namespace PromptGen.Testing;

/// <summary>A fault in the delivery of a <see cref="ModelReply"/>.</summary>
public enum ModelFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No byte of an answer comes until the client gives up, or for <see cref="ModelReply.FaultDuration"/>.</summary>
    Hang,

    /// <summary>The connection is reset before any header was sent.</summary>
    Reset,

    /// <summary>The answer ends early as if it were whole: the rest is missing, the connection is closed cleanly.</summary>
    Cut,

    /// <summary>The answer ends early and the connection is reset.</summary>
    CutAndReset,

    /// <summary>
    /// The answer ends early and the server closes its side of the connection (FIN), but the end that HTTP requires is missing: a stream has no
    /// terminating chunk, a plain body is shorter than its <c>Content-Length</c>.
    /// </summary>
    CutAndClose,

    /// <summary>The answer stops early and the connection stays open until the client gives up, or for <see cref="ModelReply.FaultDuration"/>.</summary>
    Stall,

    /// <summary>A stream holds an event whose JSON breaks off, after which it goes on; a plain body is followed by a stray brace.</summary>
    MalformedChunk,

    /// <summary>A stream with status 200 ends with an error event (code and message from the reply); a plain answer is that error body with status 200.</summary>
    ErrorEvent,

    /// <summary>A stream lacks its end mark (<c>[DONE]</c>, <c>message_stop</c>) though it is otherwise whole.</summary>
    NoEndMark,

    /// <summary>The answer lacks its finish reason and, streamed, everything that would follow it.</summary>
    NoFinishReason,

    /// <summary>The list that would hold the answer (<c>choices</c>, <c>content</c>) is empty.</summary>
    NoChoices,

    /// <summary>What comes is not HTTP: a few bytes of another protocol, and the connection is closed.</summary>
    NotHttp,

    /// <summary>The answer never ends: its text goes on until the client gives up.</summary>
    Endless,

    /// <summary>Every event of a stream reports the tokens so far, as some gateways do; plain answers are whole and in order.</summary>
    RunningUsage,
}
